"""GPU stacks on nodes that only say that they are there: who goes where, and with how many GPUs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from components.kubernetes.manifest import COMPONENT
from components.specs.cluster import KubernetesSpec, PlacementSpec, StoreSpec, TolerationSpec
from components.specs.engine import EngineKind
from tests.support.cluster_objects import applied, in_own_namespace
from tests.support.kube import Kube, eventually
from tests.support.kubernetes_specs import GIB, gpu_spec
from tests.support.manifests import rendered
from tests.support.operators import installed
from tools.cluster.operators.kwok import KWOK, fake_node

ZONES = ("a", "b", "c")
GPU_TAINT = {"key": "nvidia.com/gpu", "effect": "NoSchedule"}
FLEET = 200
SIZES = (1, 2, 4, 8)


@pytest.fixture(scope="module")
def fake_nodes(kube: Kube, own: None) -> Generator[None]:
    with installed(kube, KWOK):
        yield


@pytest.mark.parametrize("kind", ["vllm", "triton", "tensorrt-llm"])
def test_an_engines_pods_go_to_nodes_with_their_gpu_and_take_as_many_as_they_say(
    kube: Kube, fake_nodes: None, kind: EngineKind
) -> None:
    right = [_node(f"h100-{zone}", "H100", zone) for zone in ZONES[:2]]
    wrong = [_node("t4", "T4", "a"), _node("closed", "H100", "c", extra=_taint("maintenance"))]
    with _nodes(kube, [*right, *wrong]), _stack(kube, _spec(kind, "H100", 2, 4)) as spec:
        placed = eventually(lambda: _placed(kube, spec, 2), "two placed pods")
        assert Counter(placed.values()) == {"test-h100-a": 1, "test-h100-b": 1}, "one in a zone"
        assert _gpus_by_node(kube, [spec]) == {"test-h100-a": 4, "test-h100-b": 4}


def test_a_pod_that_finds_no_gpu_waits_and_says_why(kube: Kube, fake_nodes: None) -> None:
    nodes = [_node("h100-a", "H100", "a")]
    with _nodes(kube, nodes), _stack(kube, _spec("vllm", "H100", 3, 4)) as spec:
        eventually(lambda: _placed(kube, spec, 2), "two placed pods")
        reason = eventually(lambda: _why_pending(kube, spec), "a reason")
        assert "Insufficient nvidia.com/gpu" in reason


def test_a_fleet_of_200_nodes_takes_a_mix_of_stacks(kube: Kube, fake_nodes: None) -> None:
    nodes = [_node(f"fleet-{n}", "H100", ZONES[n % 3]) for n in range(FLEET)]
    kinds: tuple[EngineKind, ...] = ("vllm", "triton", "tensorrt-llm")
    specs = [_spec(kinds[n % 3], "H100", 40, gpus) for n, gpus in enumerate(SIZES)]
    with _nodes(kube, nodes), _stacks(kube, specs) as made:
        for spec in made:
            placed = eventually(lambda spec=spec: _placed(kube, spec, 40), "40 pods", 240)
            zones = Counter(int(node.rpartition("-")[2]) % 3 for node in placed.values())
            assert max(zones.values()) - min(zones.values()) <= 1, "even over the zones"
        assert max(_gpus_by_node(kube, made).values()) <= 8


def _spec(kind: EngineKind, gpu: str, replicas: int, gpus: int) -> KubernetesSpec:
    """Weights in the image: no claim keeps a pod from a node that is not there."""
    placement = PlacementSpec(
        node_selector={"nvidia.com/gpu.product": gpu},
        tolerations=(TolerationSpec(key="nvidia.com/gpu", value=None, effect="NoSchedule"),),
        gpus=gpus,
    )
    spec = gpu_spec(
        kind,
        placement=placement,
        replicas=(replicas, replicas),
        store=StoreSpec(kind="image", size_bytes=40 * GIB),
    )
    return in_own_namespace(spec)


def _node(name: str, gpu: str, zone: str, extra: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    labels = {"nvidia.com/gpu.product": gpu, "topology.kubernetes.io/zone": zone}
    resources = {
        "cpu": "192",
        "memory": "2Ti",
        "ephemeral-storage": "1Ti",
        "nvidia.com/gpu": "8",
    }
    return fake_node(f"test-{name}", resources, labels=labels, taints=[GPU_TAINT, *extra])


def _taint(key: str) -> tuple[dict[str, str], ...]:
    return ({"key": key, "effect": "NoSchedule"},)


@contextmanager
def _nodes(kube: Kube, nodes: list[dict[str, Any]]) -> Generator[None]:
    content = {"apiVersion": "v1", "kind": "List", "items": nodes}
    kube.apply(content)
    try:
        names = {node["metadata"]["name"] for node in nodes}
        eventually(lambda: names <= _ready(kube), "fake nodes that are Ready")
        yield
    finally:
        kube.run("delete", "--filename=-", "--timeout=100s", content=content)


@contextmanager
def _stack(kube: Kube, spec: KubernetesSpec) -> Generator[KubernetesSpec]:
    with applied(kube, rendered(spec)):
        yield spec


@contextmanager
def _stacks(kube: Kube, specs: list[KubernetesSpec]) -> Generator[list[KubernetesSpec]]:
    if not specs:
        yield []
        return
    with _stack(kube, specs[0]) as first, _stacks(kube, specs[1:]) as others:
        yield [first, *others]


def _pods(kube: Kube, spec: KubernetesSpec) -> list[dict[str, Any]]:
    label = f"--selector={COMPONENT}=engine"
    return kube.get("pods", "--namespace", spec.namespace, label)["items"]


def _placed(kube: Kube, spec: KubernetesSpec, count: int) -> dict[str, str]:
    """Pod -> node, once there are `count`; empty before."""
    found = {
        pod["metadata"]["name"]: pod["spec"]["nodeName"]
        for pod in _pods(kube, spec)
        if "nodeName" in pod["spec"]
    }
    return found if len(found) == count else {}


def _why_pending(kube: Kube, spec: KubernetesSpec) -> str | None:
    messages = [
        condition["message"]
        for pod in _pods(kube, spec)
        for condition in pod["status"].get("conditions", ())
        if condition["type"] == "PodScheduled" and condition["status"] == "False"
    ]
    return messages[0] if messages else None


def _gpus_by_node(kube: Kube, specs: list[KubernetesSpec]) -> Counter[str]:
    used: Counter[str] = Counter()
    for spec in specs:
        for pod in _pods(kube, spec):
            limits = pod["spec"]["containers"][0]["resources"]["limits"]
            used[pod["spec"]["nodeName"]] += int(limits["nvidia.com/gpu"])
    return used


def _ready(kube: Kube) -> set[str]:
    return {
        node["metadata"]["name"]
        for node in kube.get("nodes")["items"]
        for condition in node["status"].get("conditions", ())
        if condition["type"] == "Ready" and condition["status"] == "True"
    }
