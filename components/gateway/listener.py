"""The one open port and how a request is read before any route is looked at."""

from __future__ import annotations

from components.gateway.access_log import access_log
from components.gateway.auth import CLIENT_HEADER, key_filter
from components.gateway.balancing import PICKED_HEADER
from components.gateway.filters import http_connections, router, whole_requests
from components.gateway.holding import HELD_HEADER
from components.gateway.limits import limit_filter
from components.gateway.picker import picker_filters
from components.gateway.replies import local_replies
from components.gateway.routes import ROUTES
from components.gateway.site import Site
from components.gateway.tls import tls_socket
from components.gateway.tracing import tracing
from components.gateway.xds import Json, extension, seconds, watched_file
from components.specs import GatewaySpec

# A client's word on any of these would be believed by somebody behind the gateway.
_STRIPPED_HEADERS = (
    CLIENT_HEADER,
    HELD_HEADER,
    PICKED_HEADER,
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-real-ip",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
    "x-rewrite-url",
    "x-envoy-max-retries",
    "x-envoy-original-path",
    "x-envoy-retry-on",
    "x-envoy-upstream-rq-timeout-ms",
    "x-envoy-upstream-rq-per-try-timeout-ms",
)


def listener(spec: GatewaySpec, site: Site) -> Json:
    """The listener with its filters."""
    chain: Json = {
        "filters": [
            extension(
                "envoy.filters.network.connection_limit",
                "envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit",
                {"stat_prefix": "gateway", "max_connections": spec.max_connections},
            ),
            http_connections(_connection_manager(spec, site)),
        ]
    }
    if spec.tls is not None:
        chain["transport_socket"] = tls_socket(site)
    return {
        "name": "gateway",
        "address": {"socket_address": {"address": spec.host, "port_value": spec.port}},
        "per_connection_buffer_limit_bytes": 65536,
        "filter_chains": [chain],
    }


def _connection_manager(spec: GatewaySpec, site: Site) -> Json:
    return {
        "stat_prefix": "gateway",
        "codec_type": "AUTO",
        "rds": {
            "route_config_name": ROUTES,
            "config_source": watched_file(site, "routes.json"),
        },
        "http_filters": _filters(spec, site),
        "early_header_mutation_extensions": [
            extension(
                "envoy.http.early_header_mutation.header_mutation",
                "envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation",
                {"mutations": [{"remove": name} for name in _STRIPPED_HEADERS]},
            )
        ],
        "local_reply_config": local_replies(),
        "access_log": [access_log()],
        **tracing(site),
        # Who connects is who is talking: nothing in front of us is trusted to say otherwise.
        "use_remote_address": True,
        "always_set_request_id_in_response": True,
        "server_header_transformation": "PASS_THROUGH",
        # Paths are compared byte for byte and never rewritten into an allowed one, so Envoy and
        # the server behind it cannot read a path differently.
        "normalize_path": False,
        "merge_slashes": False,
        "path_with_escaped_slashes_action": "KEEP_UNCHANGED",
        "common_http_protocol_options": {
            "idle_timeout": seconds(300),
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "http_protocol_options": {"allow_absolute_url": False},
        "http2_protocol_options": {"max_concurrent_streams": 128},
        "request_headers_timeout": seconds(10),
        "request_timeout": seconds(30),
        "stream_idle_timeout": seconds(30),
        "drain_timeout": seconds(5),
    }


def _filters(spec: GatewaySpec, site: Site) -> list[Json]:
    filters = [key_filter(site)] if spec.keys else []
    return [
        *filters,
        # What it limits is in the route table.
        limit_filter(site),
        whole_requests(spec.max_request_bytes),
        *picker_filters(site),
        router(),
    ]
