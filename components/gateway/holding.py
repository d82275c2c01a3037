"""Requests that find no ready replica wait in the gateway until there is one.

A ready replica gets a request directly. Without one it goes, through a socket of this same Envoy,
to the waiting room: a second route, which asks every second whether a replica is ready.

    route        -> SERVING = the engine; without a ready replica: WAITING -> the waiting room
    waiting room -> AWAKE   = the engine; without a ready replica: NOBODY, which says "ask again"

So the number of requests that wait is the number in flight to WAITING: a gauge that an autoscaler
can read while there is no replica that could report anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from components.gateway.clusters import ENGINE, threshold
from components.gateway.filters import http_connections, router, whole_requests
from components.gateway.site import Site
from components.gateway.xds import Json, extension, seconds
from components.specs import GatewaySpec, HoldSpec

SERVING = "serving"
WAITING = "waiting"
NOBODY_HEADER = "x-envoy-ratelimited"
"""On an answer it keeps Envoy from trying again, but for the waiting room, which is told to."""
HELD_HEADER = "x-slipway-held"
"""On a request: it comes from the waiting room."""

_AWAKE = "awake"
_NOBODY = "nobody"
_ASK_SECONDS = 1


def longest_hold(spec: GatewaySpec) -> float:
    """Seconds that a request may wait for a replica, before its own time begins."""
    # Envoy waits up to half as long again, so that held requests do not all ask at once.
    return 0 if spec.hold is None else 1.5 * spec.hold.seconds + _ASK_SECONDS


def holding_clusters(spec: GatewaySpec, site: Site) -> list[Json]:
    """What stands beside the engine's cluster."""
    if (hold := spec.hold) is None:
        return []
    held = threshold("DEFAULT", hold.requests)
    return [
        first_ready(SERVING, [ENGINE, WAITING], held),
        _own_socket(WAITING, site, hold),
        first_ready(_AWAKE, [ENGINE, _NOBODY], held),
        _own_socket(_NOBODY, site, hold),
    ]


def waiting_rooms(spec: GatewaySpec, site: Site) -> list[Json]:
    """The listener behind WAITING and NOBODY."""
    if (hold := spec.hold) is None:
        return []
    manager: Json = {
        "stat_prefix": WAITING,
        "route_config": {
            "name": WAITING,
            # A running Envoy may read this before the file of clusters that comes with it, and
            # would refuse a route to one that it does not know yet, for good.
            "validate_clusters": False,
            "virtual_hosts": [
                {"name": WAITING, "domains": ["*"], "routes": [_nobody(), _ask(hold)]}
            ],
        },
        "http_filters": [
            # All of a request is kept, so that it can be sent once there is somebody.
            whole_requests(spec.max_request_bytes),
            router(),
        ],
        "preserve_external_request_id": True,
        "skip_xff_append": True,
        "server_header_transformation": "PASS_THROUGH",
        # The way in has done all this already.
        "normalize_path": False,
        "stream_idle_timeout": "0s",
    }
    room: Json = {
        "name": WAITING,
        "address": {"pipe": {"path": _socket(site), "mode": 0o600}},
        "filter_chains": [{"filters": [http_connections(manager)]}],
    }
    return [room]


def _ask(hold: HoldSpec) -> Json:
    again: Json = {
        # As on the way in: only what never began on a replica.
        "retry_on": "connect-failure,refused-stream,reset-before-request,"
        "retriable-status-codes,envoy-ratelimited",
        "retriable_status_codes": [503],
        "num_retries": -(-hold.seconds // _ASK_SECONDS),
        "retry_back_off": {
            "base_interval": seconds(_ASK_SECONDS),
            "max_interval": seconds(_ASK_SECONDS),
        },
        # Without it a back-off may be as short as nothing; this one is never under a second.
        "rate_limited_retry_back_off": {
            "reset_headers": [{"name": "retry-after", "format": "SECONDS"}],
            "max_interval": seconds(2 * _ASK_SECONDS),
        },
    }
    return {
        "match": {"prefix": "/"},
        "route": {"cluster": _AWAKE, "timeout": "0s", "retry_policy": again},
        "request_headers_to_add": [{"header": {"key": HELD_HEADER, "value": "1"}}],
    }


def _nobody() -> Json:
    error = {
        "message": "No replica is ready. Retry later.",
        "type": "server_error",
        "param": None,
        "code": "not_ready",
    }
    headers = {
        "content-type": "application/json",
        "retry-after": str(_ASK_SECONDS),
        NOBODY_HEADER: "true",
    }
    return {
        "match": {"prefix": "/", "headers": [{"name": HELD_HEADER, "present_match": True}]},
        "direct_response": {
            "status": 503,
            "body": {"inline_string": json.dumps({"error": error}) + "\n"},
        },
        "response_headers_to_add": [
            {"header": {"key": key, "value": value}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
            for key, value in headers.items()
        ],
    }


def first_ready(name: str, clusters: Sequence[str], bound: Json) -> Json:
    """The first of `clusters` that has a ready server; `bound` is its circuit breaker."""
    return {
        "name": name,
        "connect_timeout": seconds(2),
        "lb_policy": "CLUSTER_PROVIDED",
        "cluster_type": extension(
            "envoy.clusters.aggregate",
            "envoy.extensions.clusters.aggregate.v3.ClusterConfig",
            {"clusters": list(clusters)},
        ),
        "common_lb_config": {"healthy_panic_threshold": {"value": 0}},
        "circuit_breakers": {"thresholds": [bound]},
    }


def _own_socket(name: str, site: Site, hold: HoldSpec) -> Json:
    endpoint = {"endpoint": {"address": {"pipe": {"path": _socket(site)}}}}
    return {
        "name": name,
        "type": "STATIC",
        "connect_timeout": seconds(2),
        "circuit_breakers": {"thresholds": [threshold("DEFAULT", hold.requests)]},
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]},
    }


def _socket(site: Site) -> str:
    return f"{site.sockets}/waiting.sock"
