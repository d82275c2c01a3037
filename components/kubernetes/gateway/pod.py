"""The pod of one Envoy."""

from __future__ import annotations

from components.gateway import gateway_command, internal
from components.kubernetes import names
from components.kubernetes.gateway.config import bootstrap, config_mounts, config_volumes
from components.kubernetes.gateway.site import DRAIN, HTTP, PROBES, in_pod, site
from components.kubernetes.manifest import Component, Manifest, labels
from components.kubernetes.placement import spread
from components.kubernetes.quantity import of_bytes, of_millis
from components.kubernetes.security import container_security, pod_security
from components.specs.cluster import KubernetesSpec

COMPONENT: Component = "gateway"

_ENVOY = "/usr/local/bin/envoy"
_NOBODY = 65532


def gateway_pod(spec: KubernetesSpec) -> Manifest:
    """A pod template: labels and what runs."""
    body: Manifest = {
        "serviceAccountName": names.gateway(spec),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": pod_security(_NOBODY, _NOBODY),
        "terminationGracePeriodSeconds": spec.gateway.grace_seconds,
        "topologySpreadConstraints": spread(spec, COMPONENT),
        "containers": [_container(spec)],
        "volumes": config_volumes(spec),
    }
    return {"metadata": {"labels": labels(spec, COMPONENT)}, "spec": body}


def _container(spec: KubernetesSpec) -> Manifest:
    command = gateway_command(in_pod(spec), site(spec), _ENVOY, bootstrap(spec))
    memory = {"memory": of_bytes(spec.gateway.memory_bytes)}
    ports = {"http": HTTP, "probes": PROBES, "drain": DRAIN}
    return {
        "name": "envoy",
        "image": spec.gateway.image,
        # Said in full: the entry point of some of its images is a shell script.
        "command": command[:1],
        "args": command[1:],
        "ports": [
            {"name": name, "containerPort": number, "protocol": "TCP"}
            for name, number in ports.items()
        ],
        # A processor is promised, not bounded: a bound would stall every stream at once.
        "resources": {"requests": {"cpu": of_millis(spec.gateway.cpu_millis)} | memory}
        | {"limits": memory},
        # The open port proves that the listener and what it needs, the keys too, were taken.
        "startupProbe": _probe({"tcpSocket": {"port": "http"}}, period=1, failures=60),
        "readinessProbe": _probe(_get(internal.READY, "probes"), period=2, failures=2),
        "livenessProbe": _probe(_get(internal.LIVE, "probes"), period=10, failures=3),
        "lifecycle": {"preStop": _get(internal.DRAIN, "drain")},
        "securityContext": container_security(),
        "volumeMounts": config_mounts(),
    }


def _probe(how: Manifest, *, period: int, failures: int) -> Manifest:
    return {**how, "periodSeconds": period, "timeoutSeconds": 2, "failureThreshold": failures}


def _get(path: str, port: str) -> Manifest:
    return {"httpGet": {"path": path, "port": port, "scheme": "HTTP"}}
