"""GPU stacks on nodes that only say that they are there: who goes where, and with how many GPUs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from components.kubernetes.manifest import COMPONENT
from components.kubernetes.placement import ZONE
from components.specs.cluster import (
    KubernetesSpec,
    PlacementSpec,
    StoreSpec,
    TolerationSpec,
    WorkloadSpec,
)
from components.specs.engine import EngineKind
from tests.support.cluster_objects import applied, as_list, in_own_namespace
from tests.support.kube import Kube, eventually
from tests.support.kubernetes_specs import GIB, gpu_spec, multi_node_spec
from tests.support.manifests import one, rendered
from tests.support.operators import installed
from tests.support.presets import preset_specs
from tools.cluster.operators.kwok import KWOK, fake_node
from tools.cluster.operators.lws import LWS

ZONES = ("a", "b", "c")
GPU_TAINT = {"key": "nvidia.com/gpu", "effect": "NoSchedule"}
FAKE = {"key": "kwok.x-k8s.io/node", "value": "fake", "effect": "NoSchedule"}
SIZE = {"cpu": "192", "memory": "2Ti", "ephemeral-storage": "1Ti"}
FLEET, REPLICAS = 200, 20
PRODUCT = "NVIDIA-H100-80GB-HBM3"
"""As the device plugin labels the nodes that a preset asks for."""
GROUPS = "leaderworkerset.sigs.k8s.io"
WORKLOADS = {"Deployment", "LeaderWorkerSet"}
OF_CLUSTER = "node.kubernetes.io/"
"""Taints that the cluster itself sets and takes away."""


@pytest.fixture(scope="module")
def fake_nodes(kube: Kube, own: None) -> Generator[None]:
    with installed(kube, KWOK):
        yield


@pytest.fixture(scope="module")
def nodes(kube: Kube, fake_nodes: None) -> Generator[None]:
    """Two with the GPU that is asked for, one with another, one that is closed. Made once: a node
    of a name that was there before is ready only after most of a minute."""
    right = [_node(f"h100-{zone}", "H100", zone) for zone in ZONES[:2]]
    wrong = [_node("t4", "T4", "a"), _node("closed", "H100", "c", extra=_taint("maintenance"))]
    with _nodes(kube, [*right, *wrong]):
        yield


@pytest.fixture
def groups(kube: Kube, own: None) -> Generator[None]:
    """LeaderWorkerSets are acted upon. The controller is ready before its webhooks listen."""
    with installed(kube, LWS):
        group = one(rendered(replace(multi_node_spec(), namespace="default")), "LeaderWorkerSet")
        asked = ("create", "--dry-run=server", "--filename=-")
        eventually(lambda: kube.run(*asked, content=group).returncode == 0, "webhooks that answer")
        yield


@pytest.mark.parametrize("kind", ["vllm", "triton", "tensorrt-llm"])
def test_an_engines_pods_go_to_nodes_with_their_gpu_and_take_as_many_as_they_say(
    kube: Kube, nodes: None, kind: EngineKind
) -> None:
    with _stack(kube, _spec(kind, "H100", 2, 4)) as spec:
        placed = eventually(lambda: _placed(kube, spec, 2), "two placed pods")
        assert Counter(placed.values()) == {"test-h100-a": 1, "test-h100-b": 1}, "one in a zone"
        assert _gpus_by_node(kube, [spec]) == {"test-h100-a": 4, "test-h100-b": 4}


def test_a_pod_that_finds_no_gpu_waits_and_says_why(kube: Kube, nodes: None) -> None:
    with _stack(kube, _spec("vllm", "H100", 5, 4)) as spec:
        eventually(lambda: _placed(kube, spec, 4), "four placed pods on 16 GPUs")
        reason = eventually(lambda: _why_pending(kube, spec), "a reason")
        assert "Insufficient nvidia.com/gpu" in reason


@pytest.mark.soak
def test_a_fleet_of_200_nodes_takes_20_replicas_of_every_preset(
    kube: Kube, fake_nodes: None
) -> None:
    with_gpus = [_node(f"gpu-{n}", PRODUCT, ZONES[n % 3]) for n in range(FLEET // 2)]
    without = [_plain_node(f"cpu-{n}", ZONES[n % 3]) for n in range(FLEET // 2)]
    zone_of = {_name(node): node["metadata"]["labels"][ZONE] for node in with_gpus + without}
    with _nodes(kube, [*with_gpus, *without]), _stacks(kube, _presets()) as specs:
        for spec in specs:
            placed = eventually(lambda spec=spec: _placed(kube, spec, REPLICAS), "20 pods", 600)
            kind = "test-gpu" if spec.workload.placement.gpus else "test-cpu"
            assert all(node.startswith(kind) for node in placed.values())
            zones = Counter(zone_of[node] for node in placed.values())
            assert min(zones[zone] for zone in ZONES) >= REPLICAS // 4, "no zone is left out"
        used = _gpus_by_node(kube, specs)
        assert used.total() == REPLICAS * sum(spec.workload.placement.gpus for spec in specs)
        assert max(used.values()) <= 8


@pytest.mark.soak
def test_a_replica_over_two_nodes_is_a_group_that_knows_its_leader(
    kube: Kube, fake_nodes: None, groups: None
) -> None:
    (preset,) = [spec for spec in preset_specs().values() if spec.workload.engine.nodes > 1]
    workload = replace(_on_the_fleet(preset), replicas=(2, 2))
    spec = in_own_namespace(replace(preset, autoscaling=None, workload=workload))
    pods = 2 * spec.workload.engine.nodes
    own = [_node(f"pair-{n}", PRODUCT, ZONES[n % 3]) for n in range(pods)]
    with _nodes(kube, own), _stack(kube, spec):
        eventually(lambda: _placed(kube, spec, pods), "every pod of two groups", 180)
        members = {_name(pod): pod["metadata"]["labels"] for pod in _pods(kube, spec)}
        found = Counter(labels[f"{GROUPS}/group-index"] for labels in members.values())
        assert found == {"0": 2, "1": 2}
        for pod in _pods(kube, spec):
            labels = members[_name(pod)]
            leader = f"{labels[f'{GROUPS}/name']}-{labels[f'{GROUPS}/group-index']}"
            variables = {v["name"]: v.get("value") for v in pod["spec"]["containers"][0]["env"]}
            assert str(variables["LWS_LEADER_ADDRESS"]).startswith(f"{leader}.")
            assert labels[f"{GROUPS}/worker-index"] == ("0" if _name(pod) == leader else "1")
        assert _gpus_by_node(kube, [spec]).total() == pods * spec.workload.placement.gpus


def _presets() -> list[KubernetesSpec]:
    """Those on one node a replica: others need an operator. No claim is filled here, so weights
    lie in the image and nothing compiled is kept; a node without GPUs is chosen and tolerated, as
    nothing real may run there."""
    return [
        in_own_namespace(replace(spec, autoscaling=None, canary=None, workload=_on_the_fleet(spec)))
        for spec in preset_specs().values()
        if spec.workload.engine.nodes == 1
    ]


def _on_the_fleet(spec: KubernetesSpec) -> WorkloadSpec:
    placement = spec.workload.placement
    if not placement.gpus:
        fake = TolerationSpec(key=FAKE["key"], value=FAKE["value"], effect="NoSchedule")
        placement = replace(placement, node_selector={"fake": "true"}, tolerations=(fake,))
    return replace(
        spec.workload,
        replicas=(REPLICAS, REPLICAS),
        placement=placement,
        store=replace(spec.workload.store, kind="image"),
        container=replace(spec.workload.container, cache_mount=None),
    )


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
    labels = {"nvidia.com/gpu.product": gpu, ZONE: zone}
    resources = {**SIZE, "nvidia.com/gpu": "8"}
    return fake_node(f"test-{name}", resources, labels=labels, taints=[GPU_TAINT, *extra])


def _plain_node(name: str, zone: str) -> dict[str, Any]:
    labels = {"fake": "true", ZONE: zone}
    return fake_node(f"test-{name}", SIZE, labels=labels, taints=[FAKE])


def _name(made: dict[str, Any]) -> str:
    return made["metadata"]["name"]


def _taint(key: str) -> tuple[dict[str, str], ...]:
    return ({"key": key, "effect": "NoSchedule"},)


@contextmanager
def _nodes(kube: Kube, nodes: list[dict[str, Any]]) -> Generator[None]:
    content = {"apiVersion": "v1", "kind": "List", "items": nodes}
    kube.apply(content)
    try:
        names = {_name(node) for node in nodes}
        eventually(lambda: names <= _ready(kube), "fake nodes that are Ready", 180)
        yield
    finally:
        kube.run("delete", "--filename=-", "--timeout=100s", content=content)


@contextmanager
def _stack(kube: Kube, spec: KubernetesSpec) -> Generator[KubernetesSpec]:
    """Its pods are gone afterwards: they would count on the next test's nodes of the same name."""
    objects = rendered(spec)
    workloads = as_list(made for made in objects if made["kind"] in WORKLOADS)
    with applied(kube, objects):
        try:
            yield spec
        finally:
            options = ("--cascade=foreground", "--timeout=100s", "--filename=-")
            kube.run("delete", *options, content=workloads)


@contextmanager
def _stacks(kube: Kube, specs: list[KubernetesSpec]) -> Generator[list[KubernetesSpec]]:
    if not specs:
        yield []
        return
    with _stack(kube, specs[0]) as first, _stacks(kube, specs[1:]) as others:
        yield [first, *others]


def _pods(kube: Kube, spec: KubernetesSpec) -> list[dict[str, Any]]:
    """Those that are not leaving."""
    label = f"--selector={COMPONENT}=engine"
    found = kube.get("pods", "--namespace", spec.namespace, label)["items"]
    return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]


def _placed(kube: Kube, spec: KubernetesSpec, count: int) -> dict[str, str]:
    """Pod -> node, once there are `count`; empty before."""
    found = {
        pod["metadata"]["name"]: pod["spec"]["nodeName"]
        for pod in _pods(kube, spec)
        if "nodeName" in pod["spec"]
    }
    return found if len(found) == count else {}


def _why_pending(kube: Kube, spec: KubernetesSpec) -> str | None:
    waiting = [_condition(pod, "PodScheduled") for pod in _pods(kube, spec)]
    messages = [found["message"] for found in waiting if found.get("status") == "False"]
    return messages[0] if messages else None


def _gpus_by_node(kube: Kube, specs: list[KubernetesSpec]) -> Counter[str]:
    used: Counter[str] = Counter()
    for spec in specs:
        for pod in _pods(kube, spec):
            limits = pod["spec"]["containers"][0]["resources"]["limits"]
            used[pod["spec"]["nodeName"]] += int(limits.get("nvidia.com/gpu", 0))
    return used


def _ready(kube: Kube) -> set[str]:
    """Nodes that pods may go to: the taint of one that is not ready goes a little later."""
    return {
        _name(node)
        for node in kube.get("nodes")["items"]
        if _condition(node, "Ready").get("status") == "True"
        and not [t for t in node["spec"].get("taints", ()) if t["key"].startswith(OF_CLUSTER)]
    }


def _condition(made: dict[str, Any], kind: str) -> dict[str, str]:
    conditions = made["status"].get("conditions", ())
    return next((found for found in conditions if found["type"] == kind), {})
