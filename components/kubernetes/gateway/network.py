"""Who speaks with the gateway, and with whom it speaks."""

from __future__ import annotations

from components.kubernetes.canary import of_canary
from components.kubernetes.gateway.site import LIMITS_PORT, PICKER_PORT
from components.kubernetes.manifest import Manifest
from components.kubernetes.network import (
    from_anywhere,
    from_component,
    from_prometheus,
    holes,
    to_anywhere,
    to_component,
    to_dns,
)
from components.kubernetes.serving.services import inference_port
from components.specs.cluster import KubernetesSpec

_API_PORTS = (443, 6443)
"""Of API servers: their Service has the first, and they themselves the second."""


def gateway_holes(spec: KubernetesSpec) -> Manifest:
    """Clients on its port. The node needs no hole for probes and the hook, and nobody else has one
    to the port of the hook, which could take a gateway out of service."""
    ingress = [from_anywhere("http")]
    if spec.observability.monitors or spec.autoscaling:
        ingress.append(from_prometheus("probes"))
    egress = [to_dns(), *(_to_replicas(one) for one in (spec, of_canary(spec)) if one)]
    if port := inference_port(spec):
        egress.append(to_component(spec, spec.workload.part, port.name))
    if spec.gateway.limits:
        egress.append(to_component(spec, "limits", LIMITS_PORT))
    if spec.gateway.picker:
        egress.append(to_component(spec, "picker", PICKER_PORT))
    if endpoint := spec.observability.traces_endpoint:
        egress.append(to_anywhere(int(endpoint.rpartition(":")[2])))
    return holes(spec, "gateway", ingress=ingress, egress=egress)


def _to_replicas(spec: KubernetesSpec) -> Manifest:
    return to_component(spec, spec.workload.part, spec.workload.container.ports[0].name)


def picker_holes(spec: KubernetesSpec) -> Manifest:
    """The gateways may ask; it looks at engines' metrics, and asks the API server."""
    return holes(
        spec,
        "picker",
        ingress=[from_component(spec, "gateway", PICKER_PORT)],
        egress=[to_dns(), _to_replicas(spec), to_anywhere(*_API_PORTS)],
    )


def limits_holes(spec: KubernetesSpec) -> Manifest:
    """The gateways may ask; it asks nobody."""
    return holes(spec, "limits", ingress=[from_component(spec, "gateway", LIMITS_PORT)])
