"""The cluster itself: its node, and what it refuses."""

from __future__ import annotations

import json

from tests.support.kube import Kube, eventually
from tools.cluster.kept import KUBERNETES_VERSION
from tools.cluster.layout import NODE


def test_every_node_is_ready(kube: Kube) -> None:
    # Another test may have added one that is not ready yet.
    eventually(lambda: _conditions(kube) == {"True"}, "nodes that are all Ready")


def test_our_own_cluster_is_of_the_pinned_version(own: None, kube: Kube) -> None:
    version = json.loads(kube.run("get", "--raw=/version").stdout)
    node = kube.get("node", NODE)
    found = {version["gitVersion"], node["status"]["nodeInfo"]["kubeletVersion"]}
    assert found == {f"v{KUBERNETES_VERSION}"}


def test_a_restricted_namespace_refuses_a_privileged_pod(kube: Kube) -> None:
    container = {
        "name": "bad",
        "image": "example.invalid/bad@sha256:" + 64 * "0",
        "securityContext": {"privileged": True},
    }
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "bad"},
        "spec": {"containers": [container]},
    }
    with kube.restricted_namespace() as namespace:
        done = kube.run("create", "--namespace", namespace, "--filename=-", content=pod)
    assert done.returncode == 1
    assert 'violates PodSecurity "restricted' in done.stderr
    assert "privileged" in done.stderr


def _conditions(kube: Kube) -> set[str]:
    """What the nodes' conditions `Ready` are."""
    return {
        condition["status"]
        for node in kube.get("nodes")["items"]
        for condition in node["status"]["conditions"]
        if condition["type"] == "Ready"
    }
