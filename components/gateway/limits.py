"""Requests a minute: a token bucket for each named key, shared by all of Envoy's threads."""

from __future__ import annotations

import math
from collections.abc import Sequence

from components.gateway.auth import CLIENT_HEADER
from components.gateway.xds import Json, typed
from components.specs import KeySpec

LIMIT_FILTER = "envoy.filters.http.local_ratelimit"
LIMIT_TYPE = "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit"

_DESCRIPTOR = "client"


def request_limit(per_minute: int, keys: Sequence[KeySpec]) -> Json:
    """A bucket of `per_minute` requests for each key (one for all, without keys).

    An idle client may send a minute's share at once; after that requests come back evenly.
    """
    bucket = {
        "max_tokens": per_minute,
        "tokens_per_fill": per_minute,
        "fill_interval": "60s",
    }
    always = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
    return typed(
        LIMIT_TYPE,
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
