"""An endpoint picker chooses the replica: the one that has most of a prompt in its KV cache.

It is asked by Envoy's external processing (Gateway API inference extension, endpoint picker
protocol) and names an address in a header. Where it names none, or one that cannot be reached, the
replica with the fewest requests is taken, as without it. Where it does not answer, the request is
refused with 503: Envoy cannot go on without the word of one that it hands a body to.

Only requests go through it, not answers: a picker that restarts must not cut streams.
"""

from __future__ import annotations

from components.gateway.clusters import by_name, over_grpc
from components.gateway.site import Site
from components.gateway.xds import Json, extension, seconds, typed

PICKER = "picker"
_FILTER = "envoy.filters.http.ext_proc"
_ASK_SECONDS = 2
_PICKED_PATHS = ("/v1/chat/completions", "/v1/completions")


def picker_filters(site: Site) -> list[Json]:
    """The filter in the chain, off but for the routes of `picked`."""
    if site.picker is None:
        return []
    filter_ = extension(
        _FILTER,
        "envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor",
        {
            "grpc_service": {
                "envoy_grpc": {"cluster_name": PICKER},
                "timeout": seconds(_ASK_SECONDS),
            },
            "message_timeout": seconds(_ASK_SECONDS),
            "processing_mode": {
                "request_header_mode": "SEND",
                # The one way in which pickers read a prompt.
                "request_body_mode": "FULL_DUPLEX_STREAMED",
                "request_trailer_mode": "SEND",
                "response_header_mode": "SKIP",
                "response_body_mode": "NONE",
                "response_trailer_mode": "SKIP",
            },
        },
    )
    return [filter_ | {"disabled": True}]


def picked(site: Site, path: str) -> Json:
    """Part of a route whose replica is picked; empty for others."""
    if site.picker is None or path not in _PICKED_PATHS:
        return {}
    on = typed("envoy.config.route.v3.FilterConfig", {"config": {}})
    return {"typed_per_filter_config": {_FILTER: on}}


def picker_clusters(site: Site) -> list[Json]:
    """Where the picker is asked."""
    if site.picker is None:
        return []
    cluster: Json = {
        "name": PICKER,
        **by_name(PICKER, site.picker),
        "connect_timeout": seconds(_ASK_SECONDS),
        **over_grpc(),
    }
    return [cluster]
