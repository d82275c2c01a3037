"""Network policies: named holes are open, all else is closed, whoever asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.kubernetes.manifest import Manifest, labels
from components.specs.cluster import KubernetesSpec, StoreSpec
from tests.support.kubernetes_specs import GIB, gpu_spec, multi_node_spec, onnx_spec
from tests.support.manifests import of_kind, rendered
from tests.support.network_policies import Peer, lets_through

SPEC = onnx_spec()
FETCHES = gpu_spec(store=StoreSpec(kind="fetched", size_bytes=40 * GIB))
INTERNET = Peer(address="93.184.216.34")
METADATA = (Peer(address="169.254.169.254"), Peer(address="fd00:ec2::254"))
PROMETHEUS = Peer(namespace="monitoring", labels={"app.kubernetes.io/name": "prometheus"})
DNS = Peer(namespace="kube-system", labels={"k8s-app": "kube-dns"})
STRANGERS = {
    "a pod of the same namespace": Peer(namespace=SPEC.namespace, labels={"app": "other"}),
    "a pod that only names our component": Peer(
        namespace=SPEC.namespace, labels={"app.kubernetes.io/component": "gateway"}
    ),
    "a pod of another namespace with the gateway's labels": Peer(
        namespace="other", labels=labels(SPEC, "gateway")
    ),
    "the name servers": DNS,
    "an address outside": INTERNET,
}


def policies(spec: KubernetesSpec) -> list[Manifest]:
    return of_kind(rendered(spec), "NetworkPolicy")


def pod(spec: KubernetesSpec, component: str) -> Peer:
    ports = {port.name: port.number for port in spec.workload.container.ports}
    chosen = labels(spec, component)  # type: ignore[arg-type]
    return Peer(namespace=spec.namespace, labels=chosen, ports=ports)


def test_the_gateway_asks_the_engine_at_its_port_and_at_no_other() -> None:
    # What the gateway may do on its own side is said by its own policy.
    entering = without(policies(SPEC), "default-deny")
    gateway, engine = pod(SPEC, "gateway"), pod(SPEC, "engine")
    assert lets_through(entering, gateway, engine, 8000)
    assert not lets_through(entering, gateway, engine, 8001)
    assert not lets_through(entering, gateway, engine, 8000, "UDP")


def test_prometheus_asks_the_engine_wherever_it_runs_and_only_with_monitors() -> None:
    engine = pod(SPEC, "engine")
    assert lets_through(policies(SPEC), PROMETHEUS, engine, 8000)
    unwatched = replace(SPEC, observability=replace(SPEC.observability, monitors=False))
    assert not lets_through(policies(unwatched), PROMETHEUS, engine, 8000)


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_reaches_the_engine(who: str) -> None:
    for port in (8000, 443, 22):
        assert not lets_through(policies(SPEC), STRANGERS[who], pod(SPEC, "engine"), port)


def test_an_engine_with_its_model_speaks_with_nobody() -> None:
    engine = pod(SPEC, "engine")
    others = (INTERNET, DNS, PROMETHEUS, pod(SPEC, "gateway"), *METADATA)
    for other in others:
        for port in (53, 80, 443):
            assert not lets_through(policies(SPEC), engine, other, port)
            assert not lets_through(policies(SPEC), engine, other, port, "UDP")


def test_an_engine_that_fetches_its_model_reaches_names_and_the_hub() -> None:
    engine = pod(FETCHES, "engine")
    assert lets_through(policies(FETCHES), engine, INTERNET, 443)
    assert not lets_through(policies(FETCHES), engine, INTERNET, 80)
    assert lets_through(policies(FETCHES), engine, DNS, 53, "UDP")


@pytest.mark.parametrize("address", METADATA, ids=["IPv4", "IPv6"])
def test_no_pod_reaches_the_nodes_credentials(address: Peer) -> None:
    for spec in (SPEC, FETCHES, gpu_spec(), multi_node_spec()):
        for component in ("engine", "fetch"):
            for port in (80, 443):
                assert not lets_through(policies(spec), pod(spec, component), address, port)


def test_the_job_that_fills_a_claim_reaches_the_hub_and_nobody_reaches_it() -> None:
    spec = gpu_spec()
    job = pod(spec, "fetch")
    assert lets_through(policies(spec), job, INTERNET, 443)
    assert not lets_through(policies(spec), pod(spec, "engine"), INTERNET, 443)
    assert not lets_through(policies(spec), PROMETHEUS, job, 8000)
    assert not lets_through(policies(spec), pod(spec, "gateway"), job, 8000)


def test_nodes_of_one_replica_reach_each_other_on_every_port() -> None:
    spec = multi_node_spec()
    engine = pod(spec, "engine")
    assert lets_through(policies(spec), engine, engine, 29500)
    single = gpu_spec()
    assert not lets_through(policies(single), pod(single, "engine"), pod(single, "engine"), 29500)


def test_traces_leave_to_the_port_of_their_endpoint_alone() -> None:
    traced = replace(SPEC.observability, traces_endpoint="collector.monitoring:4317")
    spec = replace(SPEC, observability=traced)
    collector = Peer(namespace="monitoring", labels={"app": "collector"})
    assert lets_through(policies(spec), pod(spec, "engine"), collector, 4317)
    assert not lets_through(policies(spec), pod(spec, "engine"), collector, 4318)


def test_a_pod_of_ours_without_a_hole_is_closed() -> None:
    unnamed = Peer(namespace=SPEC.namespace, labels=labels(SPEC, None))
    assert not lets_through(policies(SPEC), unnamed, INTERNET, 443)
    assert not lets_through(policies(SPEC), PROMETHEUS, unnamed, 8000)
    open_again = without(policies(SPEC), "default-deny")
    assert lets_through(open_again, unnamed, INTERNET, 443), "it is the default that closes it"


def test_a_neighbour_in_a_namespace_that_is_not_ours_is_left_alone() -> None:
    neighbour = STRANGERS["a pod of the same namespace"]
    assert lets_through(policies(SPEC), neighbour, INTERNET, 443)


def without(given: list[Manifest], ending: str) -> list[Manifest]:
    return [policy for policy in given if not policy["metadata"]["name"].endswith(ending)]
