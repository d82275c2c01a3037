"""Envoy's rate limit service and its Redis, which count for all gateways.

One pod holds both and they speak over a unix socket: a Redis that anybody could reach would be a
counter that anybody could set. More pods would count apart. While it is away requests go on.
"""

from __future__ import annotations

from components.gateway.shared_limits import limits_config
from components.kubernetes import names
from components.kubernetes.gateway.network import limits_holes
from components.kubernetes.gateway.site import LIMITS_PORT
from components.kubernetes.manifest import Component, Manifest, labels, manifest, selector
from components.kubernetes.security import container_security, pod_security
from components.kubernetes.service_account import service_account
from components.specs.cluster import KubernetesSpec, RateLimitSpec

_COMPONENT: Component = "limits"
_NOBODY = 65532
_RUN = "/run/limits"
_SOCKET = f"{_RUN}/redis.sock"
_CONFIG = "/etc/limits"
_HEALTH_PORT = 8080
_PING = {"exec": {"command": ["redis-cli", "-s", _SOCKET, "ping"]}, "timeoutSeconds": 2}
"""Of Redis: no port is open, so it is asked over its socket."""
_REDIS_BYTES = 32 << 20
"""A counter is a hundred bytes; there is one for each key and minute."""


def limits_objects(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """None where no limit is asked for."""
    limits, per_minute = spec.gateway.limits, spec.gateway.gateway.requests_per_minute
    if limits is None or per_minute is None:
        return ()
    name = names.limits(spec)
    data = {"config.yaml": limits_config(per_minute)}
    port = {"name": "grpc", "port": LIMITS_PORT, "targetPort": "grpc", "protocol": "TCP"}
    entrance: Manifest = {
        "type": "ClusterIP",
        "selector": selector(spec, _COMPONENT),
        "ports": [port],
    }
    return (
        limits_holes(spec),
        service_account(spec, name, _COMPONENT),
        manifest(spec, "v1", "ConfigMap", name, _COMPONENT, data=data),
        manifest(spec, "v1", "Service", name, _COMPONENT, spec=entrance),
        _deployment(spec, limits),
    )


def _deployment(spec: KubernetesSpec, limits: RateLimitSpec) -> Manifest:
    pod: Manifest = {
        "serviceAccountName": names.limits(spec),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": pod_security(_NOBODY, _NOBODY),
        # A sidecar, as it must be there first: the service gives up where it finds no Redis.
        "initContainers": [_redis(limits)],
        "containers": [_service(limits)],
        "volumes": [
            {"name": "config", "configMap": {"name": names.limits(spec), "defaultMode": 0o440}},
            {"name": "run", "emptyDir": {"medium": "Memory", "sizeLimit": "1Mi"}},
        ],
    }
    body: Manifest = {
        "replicas": 1,
        "revisionHistoryLimit": 1,
        # Two at once would count apart.
        "strategy": {"type": "Recreate"},
        "selector": {"matchLabels": selector(spec, _COMPONENT)},
        "template": {"metadata": {"labels": labels(spec, _COMPONENT)}, "spec": pod},
    }
    return manifest(spec, "apps/v1", "Deployment", names.limits(spec), _COMPONENT, spec=body)


def _service(limits: RateLimitSpec) -> Manifest:
    settings = {
        "BACKEND_TYPE": "redis",
        "REDIS_SOCKET_TYPE": "unix",
        "REDIS_URL": _SOCKET,
        "GRPC_PORT": str(LIMITS_PORT),
        "PORT": str(_HEALTH_PORT),
        "DEBUG_HOST": "127.0.0.1",
        # Without a place to send them to they would all be logged.
        "DISABLE_STATS": "true",
        "USE_STATSD": "false",
        # The mounted folder is watched: a changed limit needs no restart.
        "RUNTIME_ROOT": _CONFIG,
        "RUNTIME_WATCH_ROOT": "false",
        "RUNTIME_IGNOREDOTFILES": "true",
    }
    return {
        "name": "limits",
        "image": limits.image,
        "command": ["/bin/ratelimit"],
        "env": [{"name": name, "value": value} for name, value in settings.items()],
        "ports": [
            {"name": "grpc", "containerPort": LIMITS_PORT, "protocol": "TCP"},
            {"name": "health", "containerPort": _HEALTH_PORT, "protocol": "TCP"},
        ],
        "readinessProbe": {
            "httpGet": {"path": "/healthcheck", "port": "health", "scheme": "HTTP"},
            "periodSeconds": 2,
        },
        "livenessProbe": {"tcpSocket": {"port": "grpc"}, "periodSeconds": 10},
        "resources": _resources("100m", "64Mi"),
        "securityContext": container_security(),
        "volumeMounts": [
            {"name": "config", "mountPath": f"{_CONFIG}/config", "readOnly": True},
            {"name": "run", "mountPath": _RUN},
        ],
    }


def _redis(limits: RateLimitSpec) -> Manifest:
    return {
        "name": "redis",
        "restartPolicy": "Always",
        "image": limits.redis_image,
        "command": ["redis-server"],
        "args": [
            *("--port", "0", "--unixsocket", _SOCKET, "--unixsocketperm", "700"),
            # Nothing on disk: after a restart the minute is counted anew.
            *("--save", "", "--appendonly", "no", "--dir", _RUN),
            *("--maxmemory", str(_REDIS_BYTES), "--maxmemory-policy", "volatile-ttl"),
        ],
        "startupProbe": {**_PING, "periodSeconds": 1, "failureThreshold": 30},
        "readinessProbe": {**_PING, "periodSeconds": 5},
        "livenessProbe": {**_PING, "periodSeconds": 10},
        "resources": _resources("50m", "64Mi"),
        "securityContext": container_security(),
        "volumeMounts": [{"name": "run", "mountPath": _RUN}],
    }


def _resources(cpu: str, memory: str) -> Manifest:
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory}}
