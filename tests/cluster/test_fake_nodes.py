"""Nodes that are not there: where pods with GPUs are put, and where there is no room for them."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from tests.support.kube import Kube, eventually
from tests.support.operators import installed
from tools.cluster.operators.kwok import KWOK, fake_node

_NODE = "slipway-test-gpu"
_TAINT = {"key": "nvidia.com/gpu", "effect": "NoSchedule"}


@pytest.fixture(scope="module")
def gpu_node(kube: Kube, own: None) -> Generator[str]:
    """A node with eight GPUs, kept Ready."""
    with installed(kube, KWOK):
        resources = {"cpu": "96", "memory": "1Ti", "nvidia.com/gpu": "8"}
        kube.apply(fake_node(_NODE, resources, taints=[_TAINT]))
        try:
            eventually(lambda: _is_ready(kube), "a fake node that is Ready")
            yield _NODE
        finally:
            kube.run("delete", "node", _NODE, "--timeout=60s")


def test_pods_with_gpus_fill_a_node_and_the_next_one_waits(kube: Kube, gpu_node: str) -> None:
    with kube.restricted_namespace() as namespace:
        for name in ("one", "two"):
            kube.apply(_pod(namespace, name))
            eventually(lambda name=name: _phase(kube, namespace, name) == "Running", name)
        kube.apply(_pod(namespace, "three"))
        reason = eventually(lambda: _why_pending(kube, namespace, "three"), "a reason")
        assert "Insufficient nvidia.com/gpu" in reason
        placed = kube.get("pods", "--namespace", namespace)["items"]
        assert {pod["spec"].get("nodeName") for pod in placed} == {gpu_node, None}


def _is_ready(kube: Kube) -> bool:
    conditions = kube.get("node", _NODE)["status"].get("conditions", ())
    return any(c["type"] == "Ready" and c["status"] == "True" for c in conditions)


def _phase(kube: Kube, namespace: str, name: str) -> str:
    return kube.get("pod", name, "--namespace", namespace)["status"]["phase"]


def _why_pending(kube: Kube, namespace: str, name: str) -> str | None:
    status = kube.get("pod", name, "--namespace", namespace)["status"]
    reasons = [c["message"] for c in status.get("conditions", ()) if "message" in c]
    return reasons[0] if reasons else None


def _pod(namespace: str, name: str) -> dict[str, Any]:
    container = {
        "name": name,
        "image": "example.invalid/engine@sha256:" + 64 * "0",
        "resources": {"limits": {"nvidia.com/gpu": "4"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
    }
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "containers": [container],
            "securityContext": {
                "runAsNonRoot": True,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "tolerations": [{"key": _TAINT["key"], "operator": "Exists"}],
        },
    }
