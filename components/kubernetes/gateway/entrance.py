"""How requests reach the gateway's pods."""

from __future__ import annotations

from math import ceil

from components.gateway.holding import longest_hold
from components.kubernetes import names
from components.kubernetes.gateway.pod import COMPONENT
from components.kubernetes.manifest import Manifest, manifest, selector
from components.specs.cluster import KubernetesSpec, RouteSpec

_MARGIN_SECONDS = 10
"""The gateway's own deadline speaks first, and in words."""


def service(spec: KubernetesSpec) -> Manifest:
    """One address in front of the ready pods."""
    gateway = spec.gateway
    port: Manifest = {
        "name": "http",
        "port": gateway.gateway.port,
        "targetPort": "http",
        "protocol": "TCP",
    }
    if gateway.node_port is not None:
        port["nodePort"] = gateway.node_port
    body: Manifest = {
        "type": gateway.service,
        "selector": selector(spec, COMPONENT),
        "ports": [port],
    }
    return manifest(spec, "v1", "Service", names.gateway(spec), COMPONENT, spec=body)


def routes(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """What leads a host name to the Service, where the stack asks for it."""
    route = spec.gateway.route
    if route is None:
        return ()
    return (_http_route(spec, route) if route.kind == "http-route" else _ingress(spec, route),)


def _http_route(spec: KubernetesSpec, route: RouteSpec) -> Manifest:
    namespace, _, name = route.parent.rpartition("/")
    backend = {"name": names.gateway(spec), "port": spec.gateway.gateway.port}
    rule: Manifest = {
        "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
        "backendRefs": [backend],
        # Some implementations end every request after 15 seconds.
        "timeouts": {"request": f"{_longest(spec)}s"},
    }
    body: Manifest = {
        "parentRefs": [{"name": name, **({"namespace": namespace} if namespace else {})}],
        "hostnames": [route.host],
        "rules": [rule],
    }
    return manifest(
        spec,
        "gateway.networking.k8s.io/v1",
        "HTTPRoute",
        names.gateway(spec),
        COMPONENT,
        spec=body,
    )


def _ingress(spec: KubernetesSpec, route: RouteSpec) -> Manifest:
    backend = {"name": names.gateway(spec), "port": {"name": "http"}}
    path = {"path": "/", "pathType": "Prefix", "backend": {"service": backend}}
    # Without them nginx keeps a stream back until a buffer is full, ends one that is silent for a
    # minute, and refuses bodies over a mebibyte. Other controllers pass them over.
    annotations = {
        f"nginx.ingress.kubernetes.io/{name}": value
        for name, value in {
            "proxy-buffering": "off",
            "proxy-body-size": str(spec.gateway.gateway.max_request_bytes),
            "proxy-read-timeout": str(_longest(spec)),
        }.items()
    }
    return manifest(
        spec,
        "networking.k8s.io/v1",
        "Ingress",
        names.gateway(spec),
        COMPONENT,
        annotations=annotations,
        spec={
            "ingressClassName": route.parent,
            "rules": [{"host": route.host, "http": {"paths": [path]}}],
        },
    )


def _longest(spec: KubernetesSpec) -> int:
    gateway = spec.gateway.gateway
    return ceil(gateway.request_timeout_seconds + longest_hold(gateway)) + _MARGIN_SECONDS
