"""What a start takes, and that everything that waits for it waits long enough."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.catalog import load_catalog
from planning.coldstart import (
    ColdStart,
    StartCase,
    Wishes,
    cold_start,
    idle_timeout_seconds,
    start_problems,
)
from planning.coldstart.value import Stage
from planning.settings.start import Start

CATALOG = load_catalog()
L4 = StartCase(
    target="eks",
    engine="vllm",
    engine_version="vllm-0.33.0",
    weight_bytes=16_060_522_240,
    gpu="L4",
    instance="g6.xlarge",
    node_mode="karpenter",
    gpus_per_replica=1,
    experts=False,
)
TRT = replace(L4, engine="tensorrt-llm", engine_version="tensorrt-llm-1.2.1")


def test_a_stage_is_bytes_through_a_rate_and_says_so() -> None:
    load = _stage(_planned(L4), "weight load")
    assert load.seconds is not None
    assert load.seconds.expected == pytest.approx(16.060522240 / 0.487)
    assert load.formula == "16.06 GB / 0.487 GB/s (0.487 to 1.3)"
    assert "tensorfuse.io" in load.source and "2026-11-22" in load.source


def test_an_image_of_known_size_is_counted_and_one_of_unknown_size_is_said() -> None:
    sized = _stage(_planned(replace(L4, image_bytes=12 * 10**9)), "image pull")
    assert sized.reason is None and "12.00 GB" in sized.formula
    unsized = _stage(_planned(L4), "image pull")
    assert unsized.reason == "no source gives the size of docker.io/vllm/vllm-openai:v0.33.0"
    row = CATALOG.engine_versions["triton-26.07-vllm"].value
    triton = replace(L4, engine="triton", engine_version="triton-26.07-vllm")
    assert row.image_bytes == 10_280_000_000
    assert "10.28 GB" in _stage(_planned(triton), "image pull").formula


def test_what_was_measured_elsewhere_is_said() -> None:
    found = _stage(_planned(L4), "torch.compile")
    assert found.reason == "measured on H100, L40S with vllm 0.25.1; deployed on L4 with 0.33.0"


def test_several_gpus_are_counted_by_a_start_of_several_where_there_is_one() -> None:
    eight = _stage(_planned(replace(L4, gpus_per_replica=8)), "torch.compile").seconds
    four = _stage(_planned(replace(L4, gpus_per_replica=4)), "torch.compile").seconds
    assert eight is not None and eight.expected == 85
    assert four is not None and four.high < 85


def test_a_mixture_of_experts_captures_longer() -> None:
    dense = _stage(_planned(L4), "CUDA graph capture").seconds
    experts = _stage(_planned(replace(L4, experts=True)), "CUDA graph capture").seconds
    assert dense is not None and experts is not None
    assert experts.expected > 3 * dense.expected


def test_an_unknown_stage_is_named_and_never_nothing() -> None:
    cold = _planned(TRT)
    assert cold.unknown == ("engine start",)
    assert cold.at_least
    assert cold.budget_seconds == 3600 and "engine start is not known" in cold.budget_reason
    assert _stage(cold, "engine start").seconds is None


def test_a_probe_sees_only_what_happens_in_its_container() -> None:
    cold = _planned(L4)
    inside = [one.seconds.high for one in cold.stages if one.where == "container" and one.seconds]
    assert 1.5 * sum(inside) <= cold.startup_probe.seconds < 1.5 * sum(inside) + 15
    unknown_node = _planned(replace(L4, target="kubernetes", node_mode=None))
    assert unknown_node.startup_probe == cold.startup_probe
    assert unknown_node.progress_deadline_seconds > 3600


def test_pulumi_waits_for_each_replica_and_never_less_than_by_default() -> None:
    one, three = _planned(L4), _planned(replace(L4, replicas=3))
    assert three.await_timeout_seconds == 3 * one.progress_deadline_seconds
    fast = replace(L4, levers=_levers(image="snapshot", warmNodes=1, weights="nvme"))
    assert _planned(fast).await_timeout_seconds == 600


def test_a_stated_budget_is_kept() -> None:
    cold = _planned(replace(TRT, levers=_levers(budget="20m")))
    assert (cold.budget_seconds, cold.startup_probe.seconds) == (1200, 1200)
    assert start_problems(Wishes(), cold, CATALOG) == ()


def test_an_unknown_part_does_not_keep_replicas_for_an_hour() -> None:
    cold = _planned(replace(TRT, image_bytes=10**9))
    assert cold.cooldown_seconds < 3600
    assert cold.scale_down_stabilisation_seconds < 3600


def test_the_window_of_kubernetes_is_not_left() -> None:
    cold = _planned(replace(L4, weight_bytes=700 * 10**9))
    assert cold.scale_down_stabilisation_seconds == 3600
    assert cold.cooldown_seconds > 3600


def test_a_new_node_has_nothing_on_its_disk() -> None:
    before = replace(L4, levers=_levers(image="prepulled", weights="nvme"))
    assert _planned(before).seconds == pytest.approx(_planned(L4).seconds)
    kept = replace(L4, levers=_levers(image="prepulled", weights="nvme", warmNodes=1))
    assert _stage(_planned(kept), "image pull").formula == (
        "pulled before, onto the node that is kept"
    )


def test_a_parallel_pull_is_not_offered_on_a_slow_disk() -> None:
    offered = {lever.setting for lever in _planned(L4).levers}
    slow = {lever.setting for lever in _planned(replace(L4, disk_mib_per_second=125)).levers}
    assert offered - slow == {"slipway:start.image: soci"}


def test_a_lever_is_not_offered_where_what_it_saves_cannot_be_told() -> None:
    own = replace(L4, target="kubernetes", node_mode=None)
    assert "slipway:start.warmNodes: 1" not in {lever.setting for lever in _planned(own).levers}


def test_a_lever_that_cannot_be_pulled_saves_nothing() -> None:
    own = replace(L4, target="kubernetes", node_mode=None)
    for levers in ({"image": "soci"}, {"image": "snapshot"}):
        assert _planned(replace(own, levers=_levers(**levers))).stages == _planned(own).stages
    triton = replace(L4, engine="triton", engine_version="triton-26.07-vllm")
    cached = replace(triton, levers=_levers(compileCache="baked", graphs="trimmed"))
    assert _planned(cached).stages == _planned(triton).stages


def test_the_grace_period_is_the_sum_of_its_parts() -> None:
    cold = _planned(replace(L4, drain_seconds=45))
    assert (cold.pre_stop_seconds, cold.grace_period_seconds) == (15, 75)
    behind = _planned(replace(L4, drain_seconds=45, load_balancer="nlb"))
    assert (behind.pre_stop_seconds, behind.grace_period_seconds) == (120, 180)


def test_silence_is_allowed_for_the_longest_wait() -> None:
    planned = _planned(L4)
    awake = Wishes(minimum_replicas=1, maximum_replicas=4)
    assert idle_timeout_seconds(awake, planned) == awake.request_timeout_seconds == 300
    # The autoscaler looks every 30 s, then a replica may take its whole budget.
    asleep = Wishes(minimum_replicas=0, maximum_replicas=4)
    assert idle_timeout_seconds(asleep, planned) == planned.budget_seconds + 30 > 1000


def test_levers_that_suffice_are_proven_by_the_start_with_them() -> None:
    wishes = Wishes(minimum_replicas=0, maximum_replicas=4, ttft_seconds=300)
    (problem,) = start_problems(wishes, _planned(L4), CATALOG)
    assert problem.code == "scale-to-zero-breaks-slo"
    chosen = _levers(image="prepulled", graphs="trimmed", warmNodes=1)
    assert "slipway:start.graphs: trimmed" in problem.fixes[1]
    assert start_problems(wishes, _planned(replace(L4, levers=chosen)), CATALOG) == ()


def _planned(case: StartCase) -> ColdStart:
    return cold_start(case, CATALOG)


def _stage(cold: ColdStart, name: str) -> Stage:
    (found,) = [stage for stage in cold.stages if stage.name == name]
    return found


def _levers(**stated: object) -> Start:
    return Start.model_validate(stated)
