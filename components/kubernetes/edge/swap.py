"""The stack's objects with a load balancer of AWS before the gateway."""

from __future__ import annotations

from collections.abc import Iterable

from components.kubernetes import names
from components.kubernetes.edge.alb import alb
from components.kubernetes.edge.nlb import nlb
from components.kubernetes.edge.site import EdgeSite
from components.kubernetes.manifest import Manifest
from components.specs.aws import EdgeSpec
from components.specs.cluster import KubernetesSpec


def with_edge(
    manifests: Iterable[Manifest], spec: KubernetesSpec, edge: EdgeSpec, site: EdgeSite
) -> tuple[Manifest, ...]:
    """The gateway's own Service stays the cluster's; what faces outward is a second one."""
    make = nlb if edge.kind == "nlb" else alb
    return (*(_inside(spec, made) for made in manifests), *make(spec, edge, site))


def _inside(spec: KubernetesSpec, made: Manifest) -> Manifest:
    if (made["kind"], made["metadata"]["name"]) != ("Service", names.gateway(spec)):
        return made
    ports = [
        {key: port[key] for key in port if key != "nodePort"} for port in made["spec"]["ports"]
    ]
    return {**made, "spec": {**made["spec"], "type": "ClusterIP", "ports": ports}}
