"""The product's own program on a cluster, from a shipped preset."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import yaml

from tests.support.kube import Kube, StandIns
from tests.support.paced_stack import stack_of
from tests.support.pulumi_stack import ROOT, PulumiStack
from tools.cluster.layout import BUILDER, BUILDX_CONFIG, REGISTRY
from tools.cluster.operators.operator import LABEL

PRESET = ROOT / "stacks" / "presets" / "kubernetes-onnx-small.yaml"
PORT = 8080
# Of all kinds that a stack may leave behind; events come and go by themselves.
_LISTED = (
    "namespaces,pods,deployments,services,secrets,configmaps,jobs,networkpolicies,"
    "poddisruptionbudgets,serviceaccounts,horizontalpodautoscalers,persistentvolumeclaims,"
    "persistentvolumes,clusterroles,clusterrolebindings,customresourcedefinitions,priorityclasses"
)
_EVERYWHERE = ("", "default", "kube-node-lease", "kube-public", "kube-system")
"""The cluster itself, and namespaces that each has."""


@contextmanager
def cluster_stack(
    kube: Kube, stand_ins: StandIns, **sections: Mapping[str, Any] | str
) -> Generator[PulumiStack]:
    """A shipped preset in a namespace of its own; `sections` replace those of it.

    Afterwards the namespace goes, with all that no `destroy` has taken away.
    """
    preset = yaml.safe_load(PRESET.read_text())["config"]
    namespace = f"slipway-test-{uuid4().hex[:8]}"
    own = {
        "access": {"port": PORT},
        "kubernetes": {
            **preset["slipway:kubernetes"],
            "kubeconfig": str(kube.kubeconfig),
            "namespace": namespace,
            "createNamespace": True,
            "name": "tested",
        },
        "images": {
            "registry": f"{REGISTRY}/slipway",
            "overrides": dict(stand_ins("python", "envoy", "ratelimit", "redis")),
            "builder": BUILDER,
        },
        **sections,
    }
    keys = {**preset, **{f"slipway:{key}": value for key, value in own.items()}}
    with stack_of(ROOT, keys) as stack:
        stack.variables["BUILDX_CONFIG"] = str(BUILDX_CONFIG)
        try:
            yield stack
        finally:
            kube.run("delete", "namespace", namespace, "--ignore-not-found", "--wait=false")


def listed(kube: Kube, namespace: str = "") -> set[str]:
    """Everything that a stack in `namespace` could leave, as kind/namespace/name.

    Not what other tests make at the same time: their namespaces and what is in them, and whatever
    outside has their label.
    """
    items = kube.get(_LISTED, "--all-namespaces")["items"]
    return {
        f"{item['kind']}/{item['metadata'].get('namespace', '')}/{item['metadata']['name']}"
        for item in items
        if _room(item) in {*_EVERYWHERE, namespace}
        and LABEL not in item["metadata"].get("labels", {})
    }


def _room(item: Mapping[str, Any]) -> str:
    """The namespace that an object is, is in or is claimed from; empty for the cluster itself."""
    if item["kind"] == "Namespace":
        return item["metadata"]["name"]
    claimed = item.get("spec", {}).get("claimRef", {})
    return item["metadata"].get("namespace") or claimed.get("namespace", "")


def base_url(kube: Kube, stack: PulumiStack) -> str:
    """Of the gateway's Service, whose address can be reached from here (`kube.own`)."""
    namespace = stack.config["slipway:kubernetes"]["namespace"]
    service = kube.get("service", "tested-gateway", "--namespace", namespace)
    return f"http://{service['spec']['clusterIP']}:{PORT}/v1"
