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

PRESET = ROOT / "stacks" / "presets" / "kubernetes-onnx-small.yaml"
PORT = 8080
# Of all kinds that a stack may leave behind; events come and go by themselves.
_LISTED = (
    "namespaces,pods,deployments,services,secrets,configmaps,jobs,networkpolicies,"
    "poddisruptionbudgets,serviceaccounts,horizontalpodautoscalers,persistentvolumeclaims,"
    "persistentvolumes,clusterroles,clusterrolebindings,customresourcedefinitions,priorityclasses"
)


@contextmanager
def cluster_stack(
    kube: Kube, stand_ins: StandIns, **sections: Mapping[str, Any] | str
) -> Generator[PulumiStack]:
    """A shipped preset in a namespace of its own; `sections` replace those of it."""
    preset = yaml.safe_load(PRESET.read_text())["config"]
    own = {
        "access": {"port": PORT},
        "kubernetes": {
            **preset["slipway:kubernetes"],
            "kubeconfig": str(kube.kubeconfig),
            "namespace": f"slipway-test-{uuid4().hex[:8]}",
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
        yield stack


def listed(kube: Kube) -> set[str]:
    """Everything of the cluster that a stack could leave, as kind/namespace/name."""
    items = kube.get(_LISTED, "--all-namespaces")["items"]
    return {
        f"{i['kind']}/{i['metadata'].get('namespace', '')}/{i['metadata']['name']}" for i in items
    }


def base_url(kube: Kube, stack: PulumiStack) -> str:
    """Of the gateway's Service, whose address can be reached from here (`kube.own`)."""
    namespace = stack.config["slipway:kubernetes"]["namespace"]
    service = kube.get("service", "tested-gateway", "--namespace", namespace)
    return f"http://{service['spec']['clusterIP']}:{PORT}/v1"
