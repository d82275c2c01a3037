"""A second revision of the model behind the same port: by a share of requests, or by a wish.

A share never fails because the canary does: its requests go to the canary while it has a ready
replica, else to the first revision. Who wishes for a revision by a header gets that one or nothing.
"""

from __future__ import annotations

from typing import Literal, get_args

from components.gateway.clusters import CANARY, ENGINE, pod_cluster, threshold
from components.gateway.holding import SERVING, WAITING, first_ready
from components.gateway.site import Site
from components.gateway.xds import Json
from components.specs import GatewaySpec

Release = Literal["stable", "canary"]
RELEASE_HEADER = "x-slipway-release"
"""On a request: which revision shall answer it. On the answer to such a request: which has."""

SHARE = "canary-share"
"""Requests by weight are counted at this cluster. It is there before a canary is, and after: Envoy
reads routes and clusters one after the other, and refuses what goes to a cluster it does not know.
"""


def canary_clusters(spec: GatewaySpec, site: Site) -> list[Json]:
    """What stands beside the engine's cluster."""
    if site.remote is not None:
        return []
    others = [ENGINE, WAITING] if spec.hold else [ENGINE]
    bound = threshold("DEFAULT", spec.max_streams)
    if (canary := site.canary) is None:
        return [first_ready(SHARE, others, bound)]
    return [
        pod_cluster(CANARY, canary.address, canary.ready_path, spec.max_streams),
        first_ready(SHARE, [CANARY, *others], bound),
    ]


def destination(spec: GatewaySpec, site: Site) -> Json:
    """Part of a route's action: where a request goes that wishes for nothing."""
    first = _first(spec)
    if site.canary is None:
        return {"cluster": first}
    weights = {first: 100 - site.canary.weight, SHARE: site.canary.weight}
    clusters = [{"name": name, "weight": weight} for name, weight in weights.items()]
    return {"weighted_clusters": {"clusters": clusters}}


def wished_destinations(spec: GatewaySpec, site: Site) -> dict[Release, Json]:
    """The same by the value of the header; empty without a canary."""
    if site.canary is None:
        return {}
    clusters: dict[Release, str] = {"stable": _first(spec), "canary": CANARY}
    return {release: {"cluster": clusters[release]} for release in get_args(Release)}


def _first(spec: GatewaySpec) -> str:
    return SERVING if spec.hold else ENGINE
