"""Requests a minute for each named key."""

from __future__ import annotations

import math
from collections.abc import Sequence

from components.gateway.auth import CLIENT_HEADER
from components.gateway.shared_limits import (
    SHARED_LIMIT_FILTER,
    shared_limit,
    shared_limit_filter,
)
from components.gateway.site import Site
from components.gateway.xds import Json, extension, typed
from components.specs import GatewaySpec, KeySpec

_FILTER = "envoy.filters.http.local_ratelimit"
_TYPE = "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit"

_DESCRIPTOR = "client"


def limit_name(site: Site) -> str:
    """Name of the filter that limits at `site`."""
    return SHARED_LIMIT_FILTER if site.limits else _FILTER


def limit_filter(site: Site) -> Json:
    """The filter in the chain; what it limits is in the route table."""
    if site.limits:
        return shared_limit_filter()
    return extension(_FILTER, _TYPE, {"stat_prefix": "requests"})


def request_limit(spec: GatewaySpec, site: Site) -> Json:
    """What the routes of a key draw from together; empty where there is no limit."""
    if spec.requests_per_minute is None:
        return {}
    if site.limits:
        return {SHARED_LIMIT_FILTER: shared_limit(spec)}
    return {_FILTER: _buckets(spec.requests_per_minute, spec.keys)}


def _buckets(per_minute: int, keys: Sequence[KeySpec]) -> Json:
    """A bucket of `per_minute` requests for each key (one for all, without keys).

    All of Envoy's threads draw from it. An idle client may send a minute's share at once; after
    that requests come back evenly.
    """
    bucket = {
        "max_tokens": per_minute,
        "tokens_per_fill": per_minute,
        "fill_interval": "60s",
    }
    always = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
    return typed(
        _TYPE,
        {
            "stat_prefix": "requests",
            "token_bucket": bucket,
            "filter_enabled": always,
            "filter_enforced": always,
            "always_consume_default_token_bucket": False,
            "rate_limits": [
                {
                    "actions": [
                        {
                            "request_headers": {
                                "header_name": CLIENT_HEADER,
                                "descriptor_key": _DESCRIPTOR,
                                "skip_if_absent": True,
                            }
                        }
                    ]
                }
            ],
            "descriptors": [
                {"entries": [{"key": _DESCRIPTOR, "value": key.name}], "token_bucket": bucket}
                for key in keys
            ],
            "response_headers_to_add": [
                {"header": {"key": "retry-after", "value": str(math.ceil(60 / per_minute))}}
            ],
        },
    )
