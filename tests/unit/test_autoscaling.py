"""Triggers of an autoscaler, and the objects that hold them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

from components.kubernetes.autoscaling import manifests
from components.specs.cluster import AutoscalingSpec, KubernetesSpec
from components.specs.engine import EngineSpec
from planning.catalog import load_catalog
from planning.cluster.autoscaling import ScaleTargets, autoscaling_spec, hold_spec
from planning.engine_contract import contract_of
from tests.support.kubernetes_specs import gpu_spec, multi_node_spec, onnx_spec
from tests.support.promql import metric_names

CATALOG = load_catalog()
CONTRACTS = sorted(CATALOG.engine_contracts)


UNKNOWN = ScaleTargets(queued=4, kv_usage=0.8)
"""What a replica carries."""
KNOWN = ScaleTargets(queued=4, kv_usage=0.8, requests_per_second=10.0, in_flight=85)


def scaling(
    replicas: tuple[int, int] = (1, 4),
    *,
    kind: Literal["keda", "hpa"] = "keda",
    version: str = CONTRACTS[0],
    cold_start_seconds: int = 90,
    start_seconds: int = 60,
    targets: ScaleTargets = UNKNOWN,
) -> AutoscalingSpec | None:
    return autoscaling_spec(
        kind=kind,
        replicas=replicas,
        prometheus_url="http://prometheus.monitoring.svc:9090",
        namespace="tiny-serving",
        stack="tiny",
        engine=_engine(version),
        targets=targets,
        start_seconds=start_seconds,
        cold_start_seconds=cold_start_seconds,
    )


def stack(spec: KubernetesSpec | None = None, **changes: Any) -> KubernetesSpec:
    return replace(spec or onnx_spec(), autoscaling=scaling(**changes))


@pytest.mark.parametrize("version", CONTRACTS)
def test_every_metric_of_a_trigger_is_one_that_this_engine_or_the_gateway_reports(
    version: str,
) -> None:
    made = scaling(version=version)
    assert made is not None
    reported = {*_engine(version).contract.metrics.names.values(), GATEWAY}
    for trigger in made.triggers:
        assert metric_names(trigger.query) <= reported
        assert 'namespace="tiny-serving", job="tiny"' in trigger.query


@pytest.mark.parametrize("version", CONTRACTS)
def test_replicas_follow_what_the_engine_reports_and_always_the_requests_in_flight(
    version: str,
) -> None:
    made = _of(scaling(version=version))
    reported = _engine(version).contract.metrics.names
    names = [trigger.name for trigger in made.triggers]
    assert ("queued" in names) == ("queued" in reported)
    assert ("kv-usage" in names) == ("kv_usage" in reported)
    assert names[-1] == "in-flight"


def test_a_full_batch_and_a_queue_of_requests_in_flight_want_another_replica() -> None:
    """What stands in for the queue of an engine that does not report it."""
    engine = _engine(CONTRACTS[0])
    assert _of(scaling()).triggers[-1].threshold == (engine.sequences or 0) + 4


def test_series_of_another_model_are_not_counted() -> None:
    (queued, *_) = _of(scaling(version="vllm-0.33.0")).triggers
    assert queued.query == (
        'sum(vllm:num_requests_waiting{namespace="tiny-serving", job="tiny", model_name="model"})'
    )


def test_no_replica_is_taken_away_for_a_dip_shorter_than_a_start() -> None:
    assert _of(scaling(cold_start_seconds=700)).down.stabilisation_seconds == 700
    # Kubernetes takes an hour at most.
    assert _of(scaling(cold_start_seconds=7000)).down.stabilisation_seconds == 3600
    assert _of(scaling(cold_start_seconds=7000)).cooldown_seconds == 14_000


def test_what_a_replica_carries_makes_requests_of_now_and_of_the_day_before_a_signal() -> None:
    made = _of(scaling(version="vllm-0.33.0", targets=KNOWN, start_seconds=100))
    now, before = made.triggers[-2:]
    assert (now.name, before.name) == ("arrivals", "arrivals-before")
    assert now.threshold == before.threshold == 10.5, "a little above the slow end"
    rate = (
        'sum(rate(envoy_cluster_upstream_rq_total{namespace="tiny-serving", job="tiny", '
        'envoy_cluster_name="engine"}[60s]))'
    )
    assert now.query == rate
    # From a day ago on for a start and 45 seconds: what will be needed when a replica is there.
    assert before.query == f"max_over_time({rate}[145s:15s] offset {86_400 - 145}s) or vector(0)"
    assert metric_names(before.query) == {ARRIVED}


def test_a_replica_that_carries_no_more_than_85_at_once_needs_no_queue_to_get_help() -> None:
    made = _of(scaling(version="vllm-0.33.0", targets=KNOWN))
    assert {trigger.name: trigger.threshold for trigger in made.triggers}["in-flight"] <= 85


def test_a_replica_goes_sooner_where_the_day_before_says_when_it_is_needed_again() -> None:
    made = _of(scaling(targets=KNOWN, start_seconds=400, cold_start_seconds=600))
    assert made.down.stabilisation_seconds == 100
    assert _of(scaling(targets=KNOWN, start_seconds=60)).down.stabilisation_seconds == 60
    assert _of(scaling(cold_start_seconds=600)).down.stabilisation_seconds == 600


def test_a_stack_that_rests_is_looked_at_more_often() -> None:
    assert _of(scaling((0, 4))).polling_seconds < _of(scaling((1, 4))).polling_seconds


def test_a_fixed_number_of_replicas_has_no_autoscaler() -> None:
    assert scaling((2, 2)) is None
    assert manifests(stack(replicas=(2, 2))) == ()


def test_requests_are_held_for_as_long_as_a_start_may_take() -> None:
    held = hold_spec(minimum=0, max_streams=100, cold_start_seconds=90)
    assert held is not None
    assert (held.requests, held.seconds) == (100, 90)
    assert hold_spec(minimum=1, max_streams=100, cold_start_seconds=90) is None


def test_keda_gets_every_trigger_as_a_value_for_each_replica() -> None:
    (made,) = manifests(stack(replicas=(0, 4)))
    body = made["spec"]
    assert (body["minReplicaCount"], body["maxReplicaCount"]) == (0, 4)
    assert [trigger["metadata"]["threshold"] for trigger in body["triggers"]] == ["4", "0.8", "12"]
    assert {trigger["metricType"] for trigger in body["triggers"]} == {"AverageValue"}
    assert {trigger["type"] for trigger in body["triggers"]} == {"prometheus"}


def test_without_prometheus_keda_takes_nobody_away() -> None:
    (made,) = manifests(stack(replicas=(0, 4)))
    assert made["spec"]["fallback"]["behavior"] == "currentReplicasIfHigher"
    assert made["spec"]["fallback"]["replicas"] == 1


def test_an_hpa_reads_the_triggers_as_a_recorded_series() -> None:
    rule, hpa = manifests(stack(kind="hpa"))
    recorded = rule["spec"]["groups"][0]["rules"]
    asked = [metric["external"]["metric"] for metric in hpa["spec"]["metrics"]]
    assert [one["selector"]["matchLabels"]["trigger"] for one in asked] == [
        one["labels"]["trigger"] for one in recorded
    ]
    assert {one["name"] for one in asked} == {one["record"] for one in recorded}
    targets = [metric["external"]["target"]["averageValue"] for metric in hpa["spec"]["metrics"]]
    assert targets == ["4", "800m", "12"]


@pytest.mark.parametrize("kind", ["keda", "hpa"])
def test_replicas_over_several_nodes_are_scaled_as_groups(kind: Literal["keda", "hpa"]) -> None:
    assert _target(stack(multi_node_spec(), kind=kind)) == "LeaderWorkerSet"
    assert _target(stack(gpu_spec(), kind=kind)) == "Deployment"


GATEWAY = "envoy_cluster_upstream_rq_active"
ARRIVED = "envoy_cluster_upstream_rq_total"


def _target(spec: KubernetesSpec) -> str:
    *_, made = manifests(spec)
    return made["spec"]["scaleTargetRef"]["kind"]


def _of(made: AutoscalingSpec | None) -> AutoscalingSpec:
    assert made is not None
    return made


def _engine(version: str) -> EngineSpec:
    contract = contract_of(version, CATALOG)
    assert contract is not None
    return replace(onnx_spec().workload.engine, contract=contract)
