"""Envoy's files as one mounted folder: a changed key or limit needs no rollout.

kubelet writes a new folder and moves one link, within about a minute; Envoy watches for that move.
Only what Envoy reads once, its bootstrap, is an argument in the pod template, so it rolls.
"""

from __future__ import annotations

from typing import Any

from components.kubernetes import names
from components.kubernetes.gateway.site import CONFIG, RUN, open_files
from components.kubernetes.manifest import Manifest, manifest
from components.specs.cluster import KubernetesSpec

BOOTSTRAP = "bootstrap.json"


def config_objects(spec: KubernetesSpec, files: Any) -> tuple[Manifest, ...]:
    """What is open, and a Secret with `files`, a mapping of names to texts that nobody looks at."""
    data = {name: text for name, text in open_files(spec).items() if name != BOOTSTRAP}
    config = manifest(spec, "v1", "ConfigMap", _config(spec), "gateway", data=data)
    if not spec.gateway.gateway.keys:
        return (config,)
    secret = manifest(spec, "v1", "Secret", _keys(spec), "gateway", type="Opaque", stringData=files)
    return config, secret


def bootstrap(spec: KubernetesSpec) -> str:
    return open_files(spec)[BOOTSTRAP]


def config_volumes(spec: KubernetesSpec) -> list[Manifest]:
    """Of the pod. One volume of all sources: they change together."""
    sources: list[Manifest] = [{"configMap": {"name": _config(spec)}}]
    if spec.gateway.gateway.keys:
        sources.append({"secret": {"name": _keys(spec)}})
    if spec.gateway.tls_secret:
        sources.append({"secret": {"name": spec.gateway.tls_secret}})
    return [
        {"name": "config", "projected": {"defaultMode": 0o440, "sources": sources}},
        {"name": "run", "emptyDir": {"medium": "Memory", "sizeLimit": "1Mi"}},
    ]


def config_mounts() -> list[Manifest]:
    return [
        {"name": "config", "mountPath": CONFIG, "readOnly": True},
        {"name": "run", "mountPath": RUN},
    ]


def _config(spec: KubernetesSpec) -> str:
    return names.named(spec, "gateway-config")


def _keys(spec: KubernetesSpec) -> str:
    return names.named(spec, "gateway-keys")
