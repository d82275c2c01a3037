"""Faults by chance in stack files for clusters and endpoints, and the key that must be blamed."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.support.stackfiles import place
from tests.support.stackfiles_aws import BESIDE
from tests.support.stackfiles_aws import REFUSED as EKS_REFUSED
from tests.support.stackfiles_clusters import HUB
from tests.support.stackfiles_endpoints import REFUSED
from tests.support.stackfiles_faults import DURATION, NUMBER, SECTION, TEXT
from tests.support.stackfiles_kubernetes import REFUSED as CLUSTER_REFUSED
from tests.support.stackfiles_kubernetes import TAINT
from tests.support.stackfiles_triton import REFUSED as REPOSITORY_REFUSED
from tests.support.stackfiles_triton import spoilt

File = dict[str, Any]
# What sections cannot do without.
_BESIDE: dict[str, dict[str, Any]] = {
    **BESIDE,
    "kubernetes.weightsBucket": {"name": "my-weights", "region": "us-east-1"},
    "kubernetes.route": {"kind": "http-route", "host": "llm.example.com", "parent": "infra/web"},
    "huggingFace.image": {"url": "a/b:1"},
    "huggingFace.registry": {"username": "acme"},
    "huggingFace.privateLink": {"accountId": "123456789012", "region": "us-east-1"},
}
_OWN_CLUSTER = (
    "pools[].gpusPerNode",
    "pools[].driver",
    "pools[].tolerations",
    "pools[].tolerations[].key",
    "pools[].tolerations[].value",
    "pools[].tolerations[].effect",
    "kubernetes.kubeconfig",
    "kubernetes.context",
)
_NAME: list[Any] = [*TEXT, None]

# Path and the values that are refused there.
INVALID: dict[str, list[Any]] = {
    "engine.version": [*TEXT, "vllm-0.0.1", "../x"],
    "engine.backend": [*TEXT],
    "engine.kvCacheDtype": [*_NAME, "fp16", 8],
    "engine.gpuMemoryUtilization": [0, 1.5, "0.9", -1, True, [], {}],
    "engine.kvCacheMemory": [8, "8GB", "1Mi", "5Ti", True, [], {}],
    "engine.maxBatchedTokens": [*NUMBER],
    "engine.tuning": [*TEXT, "vllm/9b", "../x"],
    "scaling.fullContextRequests": [*NUMBER, None],
    "pools": [*SECTION, [], [{}] * 17, [7]],
    "pools[].name": [*_NAME, "Upper", "-a"],
    "pools[].instanceType": [*TEXT, "p5.49xlarge"],
    "pools[].gpu": [*TEXT, "H101"],
    "pools[].gpusPerNode": [*NUMBER, 17],
    "pools[].capacity": [*_NAME, "Spot"],
    "pools[].nodes": [*TEXT, "mangaed"],
    "pools[].ami": [*TEXT, "al2024"],
    "pools[].driver": [*TEXT, "58", 580],
    "pools[].gpuAllocation": [*_NAME, "plugin"],
    "pools[].tensorParallel": [*NUMBER, 17],
    "pools[].pipelineParallel": [*NUMBER, 17],
    "pools[].nodesPerReplica": [*NUMBER, 17],
    "aws": SECTION,
    "aws.region": [*_NAME, "us-east", "us-east-1a"],
    "aws.zones": [*SECTION, [], ["us-east-1"], ["a"], [7]],
    "kubernetes": SECTION,
    "kubernetes.version": [*TEXT, 1.35, "1", "v1.35", "1.12"],
    "kubernetes.operators": [*SECTION, [7]],
    "kubernetes.operators[].name": [*_NAME, "KEDA"],
    "kubernetes.operators[].version": [*TEXT, 2.21, "v2"],
    **{f"huggingFace.{key}".removesuffix("."): values for key, values in REFUSED.items()},
    **CLUSTER_REFUSED,
    **EKS_REFUSED,
    **REPOSITORY_REFUSED,
    "start": [*SECTION, None],
    "start.image": [*_NAME, "push"],
    "start.weights": [*_NAME, "disk"],
    "start.loader": [*_NAME, "fast"],
    "start.compileCache": [*_NAME, "disk"],
    "start.graphs": [*_NAME, "none"],
    "start.warmNodes": [value for value in NUMBER if value != 0 or value is False],
    "start.measured": [*DURATION, "0s", "25h"],
    "start.budget": [*DURATION, "9s", "25h"],
    "stop": [*SECTION, None],
    "stop.preStop": [*DURATION, "61m"],
    "stop.gracePeriod": [*DURATION, "0s", "4h"],
}


@st.composite
def cluster_fault(draw: st.DrawFn, path: str) -> tuple[File, str]:
    """A file with one refused value, and the key that must be blamed."""
    value = draw(st.sampled_from(INVALID[path]))
    file: File = {"target": _target_of(path), "model": {"source": HUB}}
    if path == "engine.backend":
        file["engine"] = {"kind": "triton"}
    if path in REPOSITORY_REFUSED:
        file["engine"] = spoilt(path, value)
    elif path.startswith("pools[].tolerations[]."):
        file["pools"] = [{"tolerations": [TAINT | {path.rpartition(".")[2]: value}]}]
    elif path.startswith("pools[]."):
        beside = {"gpu": "H100"} if path == "pools[].gpusPerNode" else {}
        file["pools"] = [beside | {path.rpartition(".")[2]: value}]
    elif path.startswith("kubernetes.operators[]."):
        entry = {"name": "keda", "version": "2.21"} | {path.rpartition(".")[2]: value}
        file["kubernetes"] = {"operators": [entry]}
    else:
        for section, beside in _BESIDE.items():
            if path.startswith(f"{section}."):
                place(file, section, dict(beside))
        place(file, path, value)
    return file, "slipway:" + path.replace("[]", "[0]")


def _target_of(path: str) -> str:
    """One that takes the key."""
    if path.startswith("huggingFace"):
        return "hf-endpoint"
    own = (
        path.startswith(("kubernetes.weightsBucket", "gateway.routing"))
        or path in _OWN_CLUSTER
        or path.partition(".")[0] == "canary"
    )
    return "kubernetes" if own else "eks"
