"""Filters that more than one of Envoy's listeners has."""

from __future__ import annotations

from collections.abc import Mapping

from components.gateway.xds import Json, extension


def http_connections(manager: Mapping[str, object]) -> Json:
    """The network filter that speaks HTTP."""
    return extension(
        "envoy.filters.network.http_connection_manager",
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        manager,
    )


def whole_requests(max_bytes: int) -> Json:
    """A request goes on once all of it is there; a longer one is refused."""
    return extension(
        "envoy.filters.http.buffer",
        "envoy.extensions.filters.http.buffer.v3.Buffer",
        {"max_request_bytes": max_bytes},
    )


def router() -> Json:
    """The last of the filters; Envoy's own headers stay out of requests and answers."""
    return extension(
        "envoy.filters.http.router",
        "envoy.extensions.filters.http.router.v3.Router",
        {"suppress_envoy_headers": True},
    )
