"""What Pod Security `restricted` wants of a pod, around the container that a test is about."""

from __future__ import annotations

from typing import Any


def restricted(container: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A pod's spec that runs `container` as nobody, on a root that it cannot write to."""
    security = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
    }
    return {
        "containers": [{"securityContext": security, **container}],
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 65532,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        **more,
    }


def restricted_pod(
    namespace: str, name: str, container: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """A pod that runs `container` once, to its end."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace},
        "spec": restricted({"name": name, **container}, restartPolicy="Never", **more),
    }


def restricted_deployment(
    namespace: str, name: str, replicas: int, container: dict[str, Any]
) -> dict[str, Any]:
    """Pods that run `container` and end within a second, found by the label `app`."""
    labels = {"app": name}
    pod = restricted({"name": name, **container}, terminationGracePeriodSeconds=1)
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": pod},
        },
    }
