"""Who speaks with the engine, and with whom it speaks."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.kubernetes.network import (
    from_component,
    from_prometheus,
    holes,
    to_anywhere,
    to_dns,
    to_internet,
    whole_component,
)
from components.kubernetes.serving.hub_token import reads_hub
from components.kubernetes.serving.services import inference_port
from components.specs.cluster import KubernetesSpec

_HTTPS = 443


def engine_holes(spec: KubernetesSpec) -> Manifest:
    """Requests from the gateway, questions of Prometheus; the hub, where weights come from it."""
    container = spec.workload.container
    asked = [container.ports[0].name]
    if port := inference_port(spec):
        asked.append(port.name)
    ingress = [from_component(spec, "gateway", *asked)]
    if spec.gateway.picker:
        ingress.append(from_component(spec, "picker", spec.observability.metrics.port))
    egress: list[Manifest] = []
    if spec.observability.monitors or spec.autoscaling:
        ingress.append(from_prometheus(spec.observability.metrics.port))
    if reads_hub(spec.workload):
        egress += [to_dns(), to_internet(_HTTPS)]
    if endpoint := spec.observability.traces_endpoint:
        egress += [to_dns(), to_anywhere(int(endpoint.rpartition(":")[2]))]
    if spec.workload.engine.nodes > 1:
        # Its nodes find each other by name and choose their ports themselves.
        inward, outward = whole_component(spec, spec.workload.part)
        ingress.append(inward)
        egress += [to_dns(), outward]
    unique = [rule for number, rule in enumerate(egress) if rule not in egress[:number]]
    return holes(spec, spec.workload.part, ingress=ingress, egress=unique)


def fetch_holes(spec: KubernetesSpec) -> Manifest:
    """The hub."""
    return holes(spec, "fetch", egress=[to_dns(), to_internet(_HTTPS)])
