"""Where requests go: the engine's replicas, and Envoy's own metrics."""

from __future__ import annotations

from collections.abc import Sequence

from components.gateway.balancing import least_requests, picked_first
from components.gateway.remote import remote_transport
from components.gateway.site import Address, Site
from components.gateway.xds import Json, seconds, typed, watched_file
from components.specs import GatewaySpec

ENGINE = "engine"
CANARY = "canary"
ADMIN = "admin"

# Health probes must answer while all streams are taken.
_PROBES_IN_FLIGHT = 16
# Shorter than any server's own keep-alive, so that a request never meets a connection which the
# replica is just closing.
_IDLE_SECONDS = 3
# Percent. By default Envoy sends a share elsewhere, here to the waiting room, when less than 1/1.4
# of the replicas are ready; one in a hundred is reason enough to wait for nobody.
_OVERPROVISIONING = 10_000


def engine_cluster(spec: GatewaySpec, site: Site) -> Json:
    """All replicas of the engine, or the server elsewhere that stands for them."""
    if site.remote is not None:
        breakers = {"thresholds": _thresholds(spec.max_streams)}
        transport = remote_transport(site.remote, site)
        return {"name": ENGINE, **transport, "circuit_breakers": breakers}
    balancing = picked_first() if site.picker else least_requests()
    return _replicas(ENGINE, _listed(site), site.ready_path, spec.max_streams, balancing)


def pod_cluster(name: str, address: Address, ready_path: str, max_streams: int) -> Json:
    """Replicas that a name resolves to."""
    where = by_name(name, address)
    return _replicas(name, where, ready_path, max_streams, least_requests())


def _replicas(name: str, where: Json, ready_path: str, max_streams: int, balancing: Json) -> Json:
    """Equal servers that are asked for their readiness."""
    return {
        "name": name,
        **where,
        "connect_timeout": seconds(2),
        "per_connection_buffer_limit_bytes": 65536,
        "load_balancing_policy": {"policies": [{"typed_extension_config": balancing}]},
        "common_lb_config": {
            # Sending requests to replicas known to be unready is no better than an honest 503.
            "healthy_panic_threshold": {"value": 0},
            # By default Envoy's threads hear of a replica's health up to a second late.
            "update_merge_window": "0s",
        },
        # A replica taken out of the list must get nothing more, however healthy it still is.
        "ignore_health_on_host_removal": True,
        "health_checks": [_readiness(ready_path)],
        "outlier_detection": _outliers(),
        "circuit_breakers": {"thresholds": _thresholds(max_streams)},
        "typed_extension_protocol_options": _http1(),
    }


def admin_cluster(site: Site) -> Json:
    """Envoy's admin socket; one route reaches it, for metrics alone."""
    return {
        "name": ADMIN,
        "type": "STATIC",
        "connect_timeout": seconds(1),
        "load_assignment": assignment(ADMIN, [_pipe(site.admin)]),
    }


def endpoints(sockets: Sequence[str]) -> Json:
    """The engine's replicas by unix socket."""
    return assignment(ENGINE, [_pipe(path) for path in sockets])


def assignment(cluster: str, addresses: Sequence[Json]) -> Json:
    """The servers of a cluster by their addresses."""
    return {
        "cluster_name": cluster,
        "policy": {"overprovisioning_factor": _OVERPROVISIONING},
        "endpoints": [
            {"lb_endpoints": [{"endpoint": {"address": address}} for address in addresses]}
        ],
    }


def socket_address(address: Address) -> Json:
    """Where a server listens, or where this one does."""
    return {"socket_address": {"address": address.host, "port_value": address.port}}


def by_name(cluster: str, address: Address) -> Json:
    """The servers that a name resolves to."""
    return {
        "type": "STRICT_DNS",
        # A pod should not wait for its first request, nor get one after it has gone.
        "dns_refresh_rate": seconds(1),
        "dns_failure_refresh_rate": {"base_interval": seconds(1), "max_interval": seconds(2)},
        # Two addresses of one pod would count as two pods.
        "dns_lookup_family": "V4_PREFERRED",
        "load_assignment": assignment(cluster, [socket_address(address)]),
    }


def over_grpc() -> Json:
    """Part of a cluster that speaks HTTP/2."""
    name = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
    http2: Json = {"explicit_http_config": {"http2_protocol_options": {}}}
    return {"typed_extension_protocol_options": {name: typed(name, http2)}}


def _listed(site: Site) -> Json:
    if site.engine:
        return by_name(ENGINE, site.engine)
    return {
        "type": "EDS",
        "eds_cluster_config": {"eds_config": watched_file(site, "endpoints.json")},
    }


def _pipe(path: str) -> Json:
    return {"pipe": {"path": path}}


def _readiness(path: str) -> Json:
    return {
        "timeout": seconds(2),
        "interval": seconds(1),
        # A replica that is just starting is asked more often: it is waited for.
        "no_traffic_interval": seconds(1),
        "unhealthy_interval": seconds(0.25),
        "unhealthy_threshold": 2,
        "healthy_threshold": 1,
        "http_health_check": {"host": "gateway", "path": path},
    }


def _outliers() -> Json:
    return {
        "split_external_local_origin_errors": True,
        "consecutive_gateway_failure": 5,
        "enforcing_consecutive_gateway_failure": 100,
        "consecutive_local_origin_failure": 3,
        # A model's own 500 says nothing about the replica, and so do success rates of few requests.
        "enforcing_consecutive_5xx": 0,
        "enforcing_success_rate": 0,
        "enforcing_local_origin_success_rate": 0,
        "interval": seconds(2),
        "base_ejection_time": seconds(5),
        "max_ejection_time": seconds(60),
        # Never the last one standing: that would turn one failure into an outage.
        "max_ejection_percent": 50,
    }


def _thresholds(max_streams: int) -> list[Json]:
    return [threshold("DEFAULT", max_streams), threshold("HIGH", _PROBES_IN_FLIGHT)]


def threshold(priority: str, requests: int) -> Json:
    """Envoy's circuit breaker at so many requests in flight."""
    return {
        "priority": priority,
        "max_requests": requests,
        # One request a connection in HTTP/1.1, and room for those that are closing.
        "max_connections": 2 * requests,
        "max_pending_requests": requests,
        "max_retries": requests,
        "track_remaining": True,
    }


def _http1() -> Json:
    name = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
    options: Json = {
        "common_http_protocol_options": {"idle_timeout": seconds(_IDLE_SECONDS)},
        "explicit_http_config": {"http_protocol_options": {}},
    }
    return {name: typed(name, options)}
