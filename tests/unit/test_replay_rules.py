"""The algorithm of the HPA, and rules that are what is rendered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.replay.stack import STACK
from components.kubernetes.autoscaling import manifests
from components.specs import HfScalingSpec
from components.specs.cluster import ScalePaceSpec, ScalePolicySpec
from planning.plan import make_plan
from planning.replay.deployed import serving_of
from planning.replay.hugging_face import endpoint_rules
from planning.replay.rules import Rules, Scaler, rules_of
from planning.stackfile import load_stack_file
from tests.support.replays import rules


def _scaler(**changes: Any) -> Scaler:
    return Scaler(replace(rules(maximum=100), **changes))


def test_a_wish_is_the_load_over_the_threshold_rounded_up() -> None:
    assert _scaler().wanted(0, 4, {"in-flight": 130}) == 7


def test_within_a_tenth_nothing_is_done() -> None:
    assert _scaler().wanted(0, 4, {"in-flight": 87}) == 4
    assert _scaler().wanted(0, 4, {"in-flight": 89}) == 5


def test_a_signal_that_is_not_there_changes_nothing() -> None:
    assert _scaler().wanted(0, 4, {}) == 4


def test_no_more_are_added_than_a_policy_lets_happen() -> None:
    twice = ScalePolicySpec(kind="Percent", value=100, period_seconds=15)
    four = ScalePolicySpec(kind="Pods", value=4, period_seconds=15)
    scaler = _scaler(up=ScalePaceSpec(stabilisation_seconds=0, policies=(twice, four)))
    assert scaler.wanted(0, 1, {"in-flight": 2000}) == 5, "four more"
    assert scaler.wanted(15, 5, {"in-flight": 2000}) == 10, "twice as many"


def test_no_more_are_taken_away_than_a_policy_lets_happen() -> None:
    half = ScalePolicySpec(kind="Percent", value=50, period_seconds=60)
    scaler = _scaler(down=ScalePaceSpec(stabilisation_seconds=0, policies=(half,)))
    assert scaler.wanted(0, 8, {"in-flight": 0}) == 4
    assert scaler.wanted(15, 4, {"in-flight": 0}) == 4, "half of those there were a minute ago"
    assert scaler.wanted(75, 4, {"in-flight": 0}) == 2


def test_one_wish_in_the_window_keeps_a_replica() -> None:
    scaler = _scaler(down=rules(settled=60).down)
    assert scaler.wanted(0, 4, {"in-flight": 80}) == 4
    assert scaler.wanted(45, 4, {"in-flight": 0}) == 4
    assert scaler.wanted(75, 4, {"in-flight": 0}) == 1


@pytest.mark.parametrize("kind", ["keda", "hpa"])
def test_what_is_replayed_is_what_is_rendered(kind: Any) -> None:
    plan = make_plan(load_stack_file(STACK), stack="bursts")
    serving = serving_of(plan)
    assert serving and serving.autoscaling
    serving = replace(serving, autoscaling=replace(serving.autoscaling, kind=kind))
    assert serving.autoscaling
    made = rules_of(serving.autoscaling)
    body = manifests(serving)[-1]["spec"]
    if kind == "keda":
        behavior = body["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
        limits = body["minReplicaCount"], body["maxReplicaCount"]
        thresholds = [float(one["metadata"]["threshold"]) for one in body["triggers"]]
    else:
        behavior, limits = body["behavior"], (body["minReplicas"], body["maxReplicas"])
        values = [one["external"]["target"]["averageValue"] for one in body["metrics"]]
        thresholds = [
            float(value[:-1]) / 1000 if value.endswith("m") else float(value) for value in values
        ]
    assert limits == (made.minimum, made.maximum)
    assert thresholds == [one.threshold for one in made.triggers]
    assert _pace(behavior["scaleUp"]) == made.up
    assert _pace(behavior["scaleDown"]) == made.down


def _pace(rendered: Any) -> ScalePaceSpec:
    return ScalePaceSpec(
        stabilisation_seconds=rendered["stabilizationWindowSeconds"],
        policies=tuple(
            ScalePolicySpec(
                kind=one["type"], value=one["value"], period_seconds=one["periodSeconds"]
            )
            for one in rendered["policies"]
        ),
    )


def test_an_endpoint_adds_one_a_minute_above_its_threshold() -> None:
    made = endpoint_rules(HfScalingSpec(min_replica=1, max_replica=5, metric="pendingRequests"))
    assert isinstance(made, Rules)
    scaler = Scaler(made)
    assert scaler.wanted(0, 1, {"in-flight": 20}) == 2
    assert scaler.wanted(60, 2, {"in-flight": 20}) == 3
    assert endpoint_rules(HfScalingSpec(min_replica=3, max_replica=3)) == 3
