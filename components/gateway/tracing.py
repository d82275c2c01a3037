"""Traces of requests by OpenTelemetry: one span for the request, one for each try on a replica.

A span says which key, which route and which replica; no path as the client wrote it and no query,
as a key may have been pasted into either.
"""

from __future__ import annotations

from components.gateway.auth import CLIENT_HEADER
from components.gateway.clusters import by_name, over_grpc
from components.gateway.site import Site
from components.gateway.xds import Json, extension, seconds

TRACES = "traces"
_NO_PATH = 1
"""Characters of the path: its first slash."""


def tracing(site: Site) -> Json:
    """Part of the connection manager."""
    if site.traces is None:
        return {}
    provider = extension(
        "envoy.tracers.opentelemetry",
        "envoy.config.trace.v3.OpenTelemetryConfig",
        {
            "service_name": site.traces.service,
            "grpc_service": {
                "envoy_grpc": {"cluster_name": TRACES},
                "timeout": seconds(1),
            },
        },
    )
    tags = {
        "slipway.key": {"request_header": {"name": CLIENT_HEADER, "default_value": "-"}},
    }
    return {
        "tracing": {
            "provider": provider,
            "spawn_upstream_span": True,
            "max_path_tag_length": _NO_PATH,
            "operation": "%ROUTE_NAME%",
            "custom_tags": [{"tag": name, **value} for name, value in tags.items()],
        }
    }


def tracing_clusters(site: Site) -> list[Json]:
    """Where the collector is."""
    if site.traces is None:
        return []
    cluster: Json = {
        "name": TRACES,
        **by_name(TRACES, site.traces.address),
        "connect_timeout": seconds(1),
        **over_grpc(),
    }
    return [cluster]
