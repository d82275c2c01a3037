"""The gateway's configuration in a pod."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from components.gateway import Site, gateway_files, keys_file
from components.gateway.site import Address, Canary, Collector, PodPorts
from components.kubernetes import names
from components.kubernetes.canary import of_canary
from components.kubernetes.serving.services import inference_port
from components.specs.cluster import KubernetesSpec
from components.specs.gateway import GatewaySpec, TlsSpec

CONFIG = "/etc/gateway"
RUN = "/run/gateway"
HTTP, PROBES, DRAIN = 8080, 8081, 8082
LIMITS_PORT = 8081
PICKER_PORT = 9002


def site(spec: KubernetesSpec) -> Site:
    """Raises ValueError for a limit that nobody would count and for files of one machine."""
    gateway = spec.gateway
    if gateway.gateway.tls is not None:
        raise ValueError("a certificate reaches pods by a Secret, not by paths of this machine")
    if gateway.gateway.requests_per_minute is not None and gateway.limits is None:
        raise ValueError("requests a minute need the images of a rate limit service and of Redis")
    return Site(
        files=CONFIG,
        mounted=True,
        sockets=RUN,
        workers=max(1, math.ceil(gateway.cpu_millis / 1000)),
        engine=_replicas(spec),
        ready_path=spec.workload.container.readiness.path,
        limits=Address(host=names.limits(spec), port=LIMITS_PORT) if gateway.limits else None,
        traces=_collector(spec),
        canary=_canary(spec),
        picker=Address(host=names.picker(spec), port=PICKER_PORT) if gateway.picker else None,
        inference=_inference(spec),
        pod=PodPorts(probes=PROBES, drain=DRAIN, withdrawal_seconds=gateway.pre_stop_seconds),
    )


def _replicas(spec: KubernetesSpec) -> Address:
    port = spec.workload.container.ports[0].number
    return Address(host=names.serving_pods(spec), port=port)


def _inference(spec: KubernetesSpec) -> Address | None:
    port = inference_port(spec)
    return Address(host=names.serving_pods(spec), port=port.number) if port else None


def _canary(spec: KubernetesSpec) -> Canary | None:
    if (canary := spec.canary) is None or (other := of_canary(spec)) is None:
        return None
    ready_path = canary.workload.container.readiness.path
    return Canary(address=_replicas(other), ready_path=ready_path, weight=canary.weight)


def _collector(spec: KubernetesSpec) -> Collector | None:
    if (endpoint := spec.observability.traces_endpoint) is None:
        return None
    host, _, port = endpoint.rpartition(":")
    return Collector(address=Address(host=host, port=int(port)), service=names.gateway(spec))


def in_pod(spec: KubernetesSpec) -> GatewaySpec:
    """The Service has the stack's own port; a pod needs one that takes no privilege."""
    tls = TlsSpec(certificate=None, private_key=None) if spec.gateway.tls_secret else None
    return replace(spec.gateway.gateway, host="0.0.0.0", port=HTTP, tls=tls)  # noqa: S104


def open_files(spec: KubernetesSpec) -> dict[str, str]:
    """Files without secrets, `bootstrap.json` among them."""
    return gateway_files(in_pod(spec), site(spec))


def secret_files(spec: KubernetesSpec, keys: Mapping[str, str]) -> dict[str, str]:
    """Files that hold the values of `keys`, by name; none without keys. Raises as `keys_file`."""
    return {"keys.json": keys_file(keys)} if spec.gateway.gateway.keys else {}
