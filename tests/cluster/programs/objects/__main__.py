"""A namespace with a setting and something that runs, by type token alone."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import ResourceOptions

from components.cluster.objects import KubernetesObject

_LABELS = {"app": "hello"}


def main(namespace: str, image: str, word: str) -> None:
    place = _made("v1", "Namespace", {"name": namespace})
    inside = {"name": "hello", "namespace": namespace}
    _made("v1", "ConfigMap", inside, place, data={"word": word})
    container = {"name": "hello", "image": image, "ports": [{"containerPort": 8080}]}
    pod = {"containers": [container], "terminationGracePeriodSeconds": 1}
    spec = {
        "replicas": 1,
        "selector": {"matchLabels": _LABELS},
        "template": {"metadata": {"labels": _LABELS}, "spec": pod},
    }
    _made("apps/v1", "Deployment", inside, place, spec=spec)


def _made(
    version: str,
    kind: str,
    metadata: dict[str, str],
    place: pulumi.Resource | None = None,
    **content: Any,
) -> KubernetesObject:
    manifest = {"apiVersion": version, "kind": kind, "metadata": metadata, **content}
    options = ResourceOptions(depends_on=[place] if place else [])
    return KubernetesObject(kind.lower(), manifest, options)


config = pulumi.Config()
main(config.require("namespace"), config.require("image"), config.require("word"))
