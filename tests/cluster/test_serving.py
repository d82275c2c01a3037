"""Replicas of a small program on a real cluster, made of the product's own objects."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any

import pytest

from components.kubernetes import names
from components.kubernetes.manifest import COMPONENT
from components.specs.cluster import KubernetesSpec
from components.specs.container import FileSpec
from tests.support.cluster_objects import applied, as_list, in_own_namespace
from tests.support.kube import Kube, eventually
from tests.support.kubernetes_specs import onnx_spec
from tests.support.manifests import rendered

MIB = 1 << 20
GRACE = 20
FILE = "/etc/hello/greeting"


@pytest.fixture(scope="module")
def stack(kube: Kube, hello: str) -> Generator[KubernetesSpec]:
    """Two ready replicas of `hello`, which answers with the name of its pod."""
    spec = in_own_namespace(_spec(hello))
    with applied(kube, rendered(spec)):
        _rolled_out(kube, spec)
        yield spec


def test_every_ready_pod_has_an_address_in_the_headless_service(
    kube: Kube, stack: KubernetesSpec
) -> None:
    pods = {pod["status"]["podIP"] for pod in _pods(kube, stack)}
    assert len(pods) == 2
    assert _addresses(kube, stack) == pods


def test_a_pod_runs_as_nobody_with_a_root_that_it_cannot_write_to(
    kube: Kube, stack: KubernetesSpec
) -> None:
    for pod in _pods(kube, stack):
        assert pod["spec"]["securityContext"]["runAsUser"] == 65532
        assert not [v for v in pod["spec"]["volumes"] if "projected" in v], "no token is mounted"


def test_a_leaving_pod_loses_its_address_at_once_and_runs_on_while_others_learn_of_it(
    kube: Kube, stack: KubernetesSpec
) -> None:
    leaving = _pods(kube, stack)[0]
    name, address = leaving["metadata"]["name"], leaving["status"]["podIP"]
    _run(kube, stack, "delete", "pod", name, "--wait=false")
    eventually(lambda: address not in _addresses(kube, stack), "an address that is gone")
    state = kube.get("pod", name, "--namespace", stack.namespace)["status"]
    assert "running" in state["containerStatuses"][0]["state"], "kubelet waits before SIGTERM"
    _rolled_out(kube, stack)


def test_two_pods_cannot_be_evicted_at_once(kube: Kube, stack: KubernetesSpec) -> None:
    first, second = (pod["metadata"]["name"] for pod in _pods(kube, stack))
    assert _evict(kube, stack, first) == ""
    assert "disruption budget" in _evict(kube, stack, second)
    _rolled_out(kube, stack)


def test_a_changed_file_rolls_and_never_goes_below_two_ready_pods(
    kube: Kube, stack: KubernetesSpec
) -> None:
    before = {pod["metadata"]["name"] for pod in _pods(kube, stack)}
    container = replace(stack.workload.container, files=(FileSpec(path=FILE, text="changed"),))
    changed = replace(stack, workload=replace(stack.workload, container=container))
    kube.apply(as_list(rendered(changed)))

    def gone_over() -> bool:
        assert len(_addresses(kube, stack)) >= 2
        return not before & {pod["metadata"]["name"] for pod in _pods(kube, stack)}

    eventually(gone_over, "two other pods")
    _rolled_out(kube, stack)


def _spec(image: str) -> KubernetesSpec:
    spec = onnx_spec(
        image=image,
        cpu_millis=10,
        memory_bytes=32 * MIB,
        disk_bytes=MIB,
        pre_stop_seconds=GRACE // 2,
        grace_seconds=GRACE,
    )
    container = spec.workload.container
    probe = replace(container.readiness, path="/", period_seconds=1)
    container = replace(
        container,
        args=(),
        ports=(replace(container.ports[0], number=8080),),
        startup=replace(probe, failure_threshold=60),
        readiness=probe,
        liveness=replace(probe, period_seconds=10, failure_threshold=3),
        files=(FileSpec(path=FILE, text="hello"),),
    )
    return replace(spec, workload=replace(spec.workload, container=container))


def _pods(kube: Kube, spec: KubernetesSpec) -> list[dict[str, Any]]:
    """Those that are not leaving."""
    chosen = kube.get("pods", "--namespace", spec.namespace, f"--selector={COMPONENT}=engine")
    return [pod for pod in chosen["items"] if "deletionTimestamp" not in pod["metadata"]]


def _addresses(kube: Kube, spec: KubernetesSpec) -> set[str]:
    """What the name of the headless Service leads to."""
    label = f"kubernetes.io/service-name={names.serving_pods(spec)}"
    slices = kube.get("endpointslices", "--namespace", spec.namespace, f"--selector={label}")
    return {
        address
        for found in slices["items"]
        for endpoint in found["endpoints"] or ()
        if endpoint["conditions"]["ready"]
        for address in endpoint["addresses"]
    }


def _evict(kube: Kube, spec: KubernetesSpec, pod: str) -> str:
    """What the API server has against it; empty where the pod leaves."""
    body = {
        "apiVersion": "policy/v1",
        "kind": "Eviction",
        "metadata": {"name": pod, "namespace": spec.namespace},
    }
    path = f"/api/v1/namespaces/{spec.namespace}/pods/{pod}/eviction"
    return kube.run("create", f"--raw={path}", "--filename=-", content=body).stderr


def _rolled_out(kube: Kube, spec: KubernetesSpec) -> None:
    _run(kube, spec, "rollout", "status", f"deployment/{names.serving(spec)}", "--timeout=110s")
    eventually(lambda: len(_addresses(kube, spec)) == 2, "two addresses")


def _run(kube: Kube, spec: KubernetesSpec, *arguments: str) -> None:
    done = kube.run(*arguments, "--namespace", spec.namespace)
    assert done.returncode == 0, done.stderr
