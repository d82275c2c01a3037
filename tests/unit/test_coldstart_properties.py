"""More never starts faster, a lever never makes slower unsaid, and what waits covers the start."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.catalog import load_catalog
from planning.coldstart import ColdStart, StartCase, Wishes, cold_start, start_problems
from planning.coldstart.stages import stages_of, total_of
from planning.coldstart.value import Seconds
from planning.settings.start import Start

CATALOG = load_catalog()
_LEVERS = st.builds(
    lambda **stated: Start.model_validate(stated),
    image=st.sampled_from(["pull", "soci", "prepulled", "snapshot"]),
    weights=st.sampled_from(["source", "s3", "volume", "nvme", "baked"]),
    loader=st.sampled_from(["default", "streamer"]),
    compileCache=st.sampled_from(["none", "volume", "baked"]),
    graphs=st.sampled_from(["full", "trimmed"]),
    warmNodes=st.integers(0, 2),
)
_CASES = st.builds(
    StartCase,
    target=st.sampled_from(["kubernetes", "eks"]),
    engine=st.just("vllm"),
    engine_version=st.sampled_from(["vllm-0.33.0", "vllm-0.25.1"]),
    image_bytes=st.one_of(st.none(), st.integers(10**9, 3 * 10**10)),
    weight_bytes=st.integers(10**8, 8 * 10**11),
    gpu=st.sampled_from(["L4", "A10G", "H100"]),
    instance=st.sampled_from(["g6.xlarge", "p5.48xlarge"]),
    node_mode=st.sampled_from([None, "karpenter", "karpenter-static", "managed", "auto-mode"]),
    disk_mib_per_second=st.sampled_from([None, 125, 1000]),
    gpus_per_replica=st.sampled_from([1, 2, 8]),
    experts=st.sampled_from([None, True, False]),
    model_source_kind=st.sampled_from(["hf", "s3"]),
    replicas=st.integers(1, 8),
    drain_seconds=st.integers(0, 3600),
    load_balancer=st.sampled_from(["none", "alb", "nlb"]),
    levers=_LEVERS,
)


@settings(max_examples=40, deadline=None)
@given(case=_CASES, more=st.integers(0, 10**11))
def test_more_bytes_never_start_faster(case: StartCase, more: int) -> None:
    small, large = _total(case), _total(replace(case, weight_bytes=case.weight_bytes + more))
    assert _at_most(small, large)
    if case.image_bytes is not None:
        assert _at_most(small, _total(replace(case, image_bytes=case.image_bytes + more)))


@settings(max_examples=40, deadline=None)
@given(case=_CASES)
def test_every_lever_offered_saves_what_it_says(case: StartCase) -> None:
    cold = cold_start(case, CATALOG)
    for lever in cold.levers:
        key, value = lever.setting.removeprefix("slipway:start.").split(": ")
        stated = case.levers.model_dump(by_alias=True, exclude={"budget", "measured"})
        stated[key] = int(value) if key == "warmNodes" else value
        then = replace(case, levers=Start.model_validate(stated))
        assert cold.seconds is not None
        assert lever.seconds_saved > 0
        assert abs(cold.seconds - _total(then).expected - lever.seconds_saved) < 1e-6
        assert _unknown(then) == cold.unknown


@settings(max_examples=40, deadline=None)
@given(case=_CASES)
def test_a_lever_that_makes_a_start_slower_is_said(case: StartCase) -> None:
    cold = cold_start(case, CATALOG)
    found = {p.path: p.code for p in start_problems(Wishes(), cold, CATALOG)}
    for name, field in Start.model_fields.items():
        value = getattr(case.levers, name)
        if value == field.default or name in ("budget", "measured"):
            continue
        without = case.levers.model_copy(update={name: field.default})
        before = replace(case, levers=without)
        assert cold.seconds is not None
        slower = cold.seconds > _total(before).expected + 0.5
        if slower and _unknown(before) == cold.unknown:
            code = found[f"slipway:start.{field.alias}"]
            assert code in ("start-lever-slower", "start-lever-impossible")


@settings(max_examples=40, deadline=None)
@given(case=_CASES)
def test_kept_caches_kept_nodes_and_fewer_graphs_never_cost_time(case: StartCase) -> None:
    plain = case.levers.model_copy(
        update={"compile_cache": "none", "graphs": "full", "warm_nodes": 0}
    )
    bare = _total(replace(case, levers=plain))
    for update in ({"compile_cache": "volume"}, {"graphs": "trimmed"}):
        assert _at_most(_total(replace(case, levers=plain.model_copy(update=update))), bare)
    if case.node_mode is not None:
        kept = plain.model_copy(update={"warm_nodes": 1})
        assert _at_most(_total(replace(case, levers=kept)), bare)


@settings(max_examples=40, deadline=None)
@given(case=_CASES)
def test_what_waits_covers_the_start(case: StartCase) -> None:
    cold = cold_start(case, CATALOG)
    assert cold.total is not None
    inside = [one.seconds for one in cold.stages if one.where == "container" and one.seconds]
    assert cold.startup_probe.seconds >= sum(one.high for one in inside)
    assert cold.budget_seconds >= cold.total.high
    assert cold.progress_deadline_seconds >= cold.startup_probe.seconds
    assert cold.progress_deadline_seconds > cold.budget_seconds
    assert cold.await_timeout_seconds >= case.replicas * cold.progress_deadline_seconds
    assert cold.held_request_timeout_seconds > cold.budget_seconds
    assert 300 <= cold.scale_down_stabilisation_seconds <= 3600
    _leaves_in_order(case, cold)


def _leaves_in_order(case: StartCase, cold: ColdStart) -> None:
    assert cold.grace_period_seconds >= cold.pre_stop_seconds + case.drain_seconds + 15
    codes = {problem.code for problem in start_problems(Wishes(), cold, CATALOG)}
    assert not codes & {"grace-too-short", "pre-stop-too-short"}
    assert ("drain-missing" in codes) == (case.drain_seconds == 0)


def _total(case: StartCase) -> Seconds:
    total = total_of(stages_of(case, CATALOG))
    assert total is not None
    return total


def _unknown(case: StartCase) -> tuple[str, ...]:
    return tuple(one.name for one in stages_of(case, CATALOG) if one.seconds is None)


def _at_most(one: Seconds, other: Seconds) -> bool:
    slack = 1e-6
    return (
        one.low <= other.low + slack
        and one.expected <= other.expected + slack
        and one.high <= other.high + slack
    )
