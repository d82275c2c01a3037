"""Requests a minute over all gateways: each one asks the same service, which counts in Redis.

Where that service cannot be asked, requests go on: what bounds the load on the engines is theirs
and the gateway's own, and a lost counter must not become an outage.
"""

from __future__ import annotations

from components.gateway.auth import CLIENT_HEADER
from components.gateway.clusters import by_name, over_grpc
from components.gateway.site import Address
from components.gateway.xds import Json, as_file, extension, seconds, typed
from components.specs import GatewaySpec

SHARED_LIMIT_FILTER = "envoy.filters.http.ratelimit"
LIMITS = "limits"

_DOMAIN = "gateway"
_DESCRIPTOR = "client"
_ASK_SECONDS = 0.25
_RESET_HEADER = "x-ratelimit-reset"


def shared_limit_filter() -> Json:
    """The filter in the chain; what it asks about is in the route table."""
    return extension(
        SHARED_LIMIT_FILTER,
        "envoy.extensions.filters.http.ratelimit.v3.RateLimit",
        {
            "domain": _DOMAIN,
            "timeout": seconds(_ASK_SECONDS),
            "failure_mode_deny": False,
            "disable_x_envoy_ratelimited_header": True,
            # It counts calendar minutes: what is left of the current one is in this header.
            "enable_x_ratelimit_headers": "DRAFT_VERSION_03",
            "response_headers_to_add": [
                {"header": {"key": "retry-after", "value": f"%RESP({_RESET_HEADER})%"}}
            ],
            "rate_limit_service": {
                "transport_api_version": "V3",
                "grpc_service": {
                    "envoy_grpc": {"cluster_name": LIMITS},
                    "timeout": seconds(_ASK_SECONDS),
                },
            },
        },
    )


def shared_limit(spec: GatewaySpec) -> Json:
    """What a request is counted as: the name of its key, or one for all without keys."""
    if spec.keys:
        # Envoy sends nothing where the header is absent, so what has no key is not counted.
        counted = "request_headers", {"header_name": CLIENT_HEADER, "descriptor_key": _DESCRIPTOR}
    else:
        counted = "generic_key", {"descriptor_key": _DESCRIPTOR, "descriptor_value": "all"}
    return typed(
        "envoy.extensions.filters.http.ratelimit.v3.RateLimitPerRoute",
        {"rate_limits": [{"actions": [dict([counted])]}]},
    )


def limits_clusters(service: Address | None) -> list[Json]:
    """Where the service is asked: gRPC."""
    if service is None:
        return []
    cluster: Json = {
        "name": LIMITS,
        **by_name(LIMITS, service),
        "connect_timeout": seconds(_ASK_SECONDS),
        **over_grpc(),
    }
    return [cluster]


def limits_config(per_minute: int) -> str:
    """Configuration of the service itself, a YAML file: `per_minute` for each name of a key."""
    limit = {"unit": "minute", "requests_per_unit": per_minute}
    return as_file({"domain": _DOMAIN, "descriptors": [{"key": _DESCRIPTOR, "rate_limit": limit}]})
