"""Models that are no language models: asked by KServe's protocol, on a port of their own."""

from __future__ import annotations

from components.gateway.clusters import pod_cluster
from components.gateway.site import Site
from components.gateway.xds import Json
from components.specs import GatewaySpec

INFERENCE = "inference"
INFERENCE_PATH = "/v2/models/"
_READY_PATH = "/v2/health/ready"


def inference_routes(spec: GatewaySpec) -> tuple[tuple[str, str], ...]:
    """Method and path of each: no other model of a replica is reached, and nothing but answers."""
    return tuple(("POST", f"{INFERENCE_PATH}{name}/infer") for name in spec.inference)


def inference_clusters(spec: GatewaySpec, site: Site) -> list[Json]:
    if site.inference is None:
        return []
    return [pod_cluster(INFERENCE, site.inference, _READY_PATH, spec.max_streams)]
