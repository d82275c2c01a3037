"""Addresses of the replicas inside the cluster."""

from __future__ import annotations

from components.engines.parts import INFERENCE
from components.kubernetes import names
from components.kubernetes.manifest import Manifest, manifest, selector
from components.specs.cluster import KubernetesSpec
from components.specs.container import PortSpec

LEADER = {"leaderworkerset.sigs.k8s.io/worker-index": "0"}
"""Label of the pod that takes the requests of a replica over several nodes."""


def services(spec: KubernetesSpec) -> tuple[Manifest, Manifest]:
    """One address for all replicas, and a headless Service with one for each: the gateway balances
    over these itself, as it alone knows how many requests each has."""
    return (
        _service(spec, names.serving(spec), {"type": "ClusterIP"}),
        _service(
            spec,
            names.serving_pods(spec),
            {"type": "ClusterIP", "clusterIP": "None", "publishNotReadyAddresses": False},
        ),
    )


def inference_port(spec: KubernetesSpec) -> PortSpec | None:
    """Where models beside the language model are asked; None: there are none."""
    return next((port for port in spec.workload.container.ports if port.name == INFERENCE), None)


def _service(spec: KubernetesSpec, name: str, kind: Manifest) -> Manifest:
    chosen = selector(spec, spec.workload.part) | (LEADER if spec.workload.engine.nodes > 1 else {})
    ports = [
        {"name": port.name, "port": port.number, "targetPort": port.name, "protocol": "TCP"}
        for port in spec.workload.container.ports
    ]
    body: Manifest = {**kind, "selector": chosen, "ports": ports}
    return manifest(spec, "v1", "Service", name, spec.workload.part, spec=body)
