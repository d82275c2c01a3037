"""The allow-list: each open route by exact path and method; all else is one constant 404."""

from __future__ import annotations

from collections.abc import Mapping

from components.gateway.auth import BEARER_PATTERN, KEY_FILTER
from components.gateway.canary import RELEASE_HEADER, destination, wished_destinations
from components.gateway.clusters import ADMIN, CANARY, ENGINE
from components.gateway.holding import NOBODY_HEADER, longest_hold
from components.gateway.inference import INFERENCE, INFERENCE_PATH, inference_routes
from components.gateway.limits import limit_name, request_limit
from components.gateway.page import PAGE_HEADERS, page_files
from components.gateway.picker import picked
from components.gateway.remote import rewritten
from components.gateway.site import Site
from components.gateway.xds import Json, seconds, typed
from components.specs import GatewaySpec

ROUTES = "routes"

KEYED_ROUTES = (
    ("GET", "/v1/models"),
    ("POST", "/v1/chat/completions"),
    ("POST", "/v1/completions"),
    ("GET", "/metrics"),
)

# The server's own deadline speaks first, and in words.
_MARGIN_SECONDS = 2
_LARGEST_PAGE_BYTES = 1 << 20

_Keyed = tuple[tuple[Json, ...], Json]
"""Headers that a request must have beside its key, and what is done with it."""


def route_table(spec: GatewaySpec, site: Site) -> Json:
    """The whole route table; a change of it touches no open connection."""
    public = [*_page_routes(), _health_route(site)]
    keyed = [
        route
        for method, path in (*KEYED_ROUTES, *inference_routes(spec))
        for route in _keyed_routes(spec, site, method, path)
    ]
    host: Json = {
        "name": "gateway",
        "domains": ["*"],
        "routes": [_without(spec, site, route) for route in public]
        + keyed
        + [_without(spec, site, route) for route in _closed_routes()],
        "response_headers_to_add": [_set("x-content-type-options", "nosniff")],
        "response_headers_to_remove": ["server", NOBODY_HEADER],
        "request_headers_to_remove": [
            "authorization",
            "cookie",
            "x-envoy-external-address",
            *([RELEASE_HEADER] if site.canary else []),
        ],
    }
    # On the virtual host, so that all routes of a key draw from one bucket.
    if limit := request_limit(spec, site):
        host["typed_per_filter_config"] = limit
    return {
        "name": ROUTES,
        "max_direct_response_body_size_bytes": _LARGEST_PAGE_BYTES,
        "virtual_hosts": [host],
    }


def _page_routes() -> list[Json]:
    return [
        {
            "name": "page",
            "match": _match("GET", file.path),
            "direct_response": {"status": 200, "body": {"inline_string": file.body}},
            "response_headers_to_add": [
                _set("content-type", file.content_type),
                *(_set(name, value) for name, value in PAGE_HEADERS.items()),
            ],
        }
        for file in page_files()
    ]


def _health_route(site: Site) -> Json:
    if site.remote is not None:
        # Of the gateway alone: a question would wake an upstream that sleeps.
        return {
            "name": "health",
            "match": _match("GET", "/health"),
            "direct_response": {"status": 200},
        }
    switched = site.canary if site.canary and site.canary.weight == 100 else None
    return {
        "name": "health",
        "match": _match("GET", "/health"),
        "route": {
            "cluster": CANARY if switched else ENGINE,
            "priority": "HIGH",
            "prefix_rewrite": (switched or site).ready_path,
            "timeout": seconds(2),
        },
    }


def _keyed_routes(spec: GatewaySpec, site: Site, method: str, path: str) -> list[Json]:
    name = path.removeprefix("/")
    if path == "/metrics":
        routes = _metrics_routes(site)
    elif path.startswith(INFERENCE_PATH):
        routes = [((), {"route": {"cluster": INFERENCE, **_engine_action(spec, site, path)}})]
    else:
        routes = _engine_routes(spec, site, path)
    refused: list[Json] = []
    bearer: list[Json] = []
    if spec.keys:
        # The key filter looks at the first Authorization header alone and takes a bare key too:
        # only one well-formed header goes on, whatever else it finds is an unknown key.
        one_key = {"safe_regex": {"regex": BEARER_PATTERN}}
        bearer = [{"name": "authorization", "string_match": one_key}]
        refused = [{"name": "refused", "match": _match(method, path), **_refuse(401)}]
    return [
        {"name": name, "match": _match(method, path, *bearer, *headers), **does}
        for headers, does in routes
    ] + refused


def _metrics_routes(site: Site) -> list[_Keyed]:
    action = {"cluster": ADMIN, "prefix_rewrite": "/stats/prometheus", "timeout": seconds(5)}
    return [((), _unlimited(site, {"route": action}))]


def _engine_routes(spec: GatewaySpec, site: Site, path: str) -> list[_Keyed]:
    action = _engine_action(spec, site, path)
    wished: list[_Keyed] = [
        (
            ({"name": RELEASE_HEADER, "string_match": {"exact": release}},),
            {
                "route": {**where, **action},
                "response_headers_to_add": [_set(RELEASE_HEADER, release)],
            },
        )
        for release, where in wished_destinations(spec, site).items()
    ]
    usual = {"route": {**destination(spec, site), **action}, **picked(site, path)}
    return [*wished, ((), usual)]


def _closed_routes() -> list[Json]:
    # CONNECT has no path, so no prefix matches it.
    return [
        {"name": "closed", "match": {"prefix": ""}, **_refuse(404)},
        {"name": "closed", "match": {"connect_matcher": {}}, **_refuse(404)},
    ]


def _engine_action(spec: GatewaySpec, site: Site, path: str) -> Json:
    limit = seconds(spec.request_timeout_seconds + _MARGIN_SECONDS + longest_hold(spec))
    return {
        **rewritten(site.remote, path),
        "timeout": limit,
        # A stream may be silent while it waits in the queue.
        "idle_timeout": limit,
        "retry_policy": {
            # Only what never began: no byte of an answer was seen, no token was generated.
            "retry_on": "connect-failure,refused-stream,reset-before-request,"
            "retriable-status-codes",
            # A draining replica says 503 to new requests.
            "retriable_status_codes": [503],
            "num_retries": 3,
            "retry_host_predicate": [
                {
                    "name": "envoy.retry_host_predicates.previous_hosts",
                    "typed_config": typed(
                        "envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate", {}
                    ),
                }
            ],
            "host_selection_retry_max_attempts": 5,
            "retry_back_off": {"base_interval": seconds(0.025), "max_interval": seconds(0.25)},
        },
    }


def _match(method: str, path: str, *headers: Json) -> Json:
    wanted = {"name": ":method", "string_match": {"exact": method}}
    return {"path": path, "headers": [wanted, *headers]}


def _refuse(status: int) -> Json:
    return {"direct_response": {"status": status}}


def _without(spec: GatewaySpec, site: Site, route: Json) -> Json:
    """The route open to everybody: no key, no limit."""
    if spec.keys:
        route = _disabled(route, KEY_FILTER)
    return _unlimited(site, route)


def _unlimited(site: Site, route: Json) -> Json:
    return _disabled(route, limit_name(site))


def _disabled(route: Json, name: str) -> Json:
    off = typed("envoy.config.route.v3.FilterConfig", {"disabled": True})
    before = route.get("typed_per_filter_config", {})
    assert isinstance(before, Mapping)
    return {**route, "typed_per_filter_config": {**before, name: off}}


def _set(name: str, value: str) -> Json:
    return {
        "header": {"key": name, "value": value},
        "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
    }
