"""The stack file of the bursts under rules of any pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import ceil
from pathlib import Path

from benchmarks.replay.bursts import bursts
from planning.catalog import load_catalog
from planning.cluster.autoscaling import PACE, Pace, ScaleTargets, autoscaling_spec
from planning.plan import Plan, make_plan
from planning.replay.compare import smallest
from planning.replay.deployed import deployed, serving_of
from planning.replay.outcome import Outcome
from planning.replay.rules import Rules, rules_of
from planning.replay.simulate import Site, replay
from planning.replay.slices import Slices, sliced
from planning.stackfile import load_stack_file
from planning.throughput.step import Engine
from planning.throughput.work import work_of

STACK = Path(__file__).parent / "Pulumi.bursts.yaml"
TODAY, YESTERDAY = 1, 2
"""Seeds."""
_SLICE_SECONDS = 0.5
_MOST = 16
"""Replicas."""
_SHARE = 0.99


@dataclass(frozen=True, eq=False)
class Burst:
    """One rate: a day, the day before, and the smallest fixed fleet that is enough."""

    rate: float
    day: Slices
    before: Slices
    site: Site
    replicas: int


@lru_cache(maxsize=16)
def burst(rate: float) -> Burst:
    """Raises ValueError where no fixed fleet is enough."""
    day, before = (sliced(bursts(rate, seed), _SLICE_SECONDS) for seed in (TODAY, YESTERDAY))
    site = deployed(_plan(), day, load_catalog(), None).site
    replicas = smallest(day, site, _SHARE)
    if replicas is None:
        raise ValueError(f"no fixed fleet is enough for {rate:g} requests a second")
    return Burst(rate=rate, day=day, before=before, site=site, replicas=replicas)


def outcome(
    one: Burst, start: int, pace: Pace = PACE, before: Sequence[float] | None = None
) -> Outcome:
    """`start`: seconds that a replica takes, which the rules know. `before`: requests of the day
    before, by slice; None: the same bursts, other requests."""
    seen = one.before.counts if before is None else before
    return replay(one.day, replace(one.site, start_seconds=float(start)), rules(start, pace), seen)


@cache
def static(one: Burst) -> Outcome:
    return replay(one.day, one.site, one.replicas)


def rules(start: int, pace: Pace) -> Rules:
    """As the templates render them for such a start."""
    plan = _plan()
    serving = serving_of(plan)
    assert serving and plan.placed and plan.placed.chosen and plan.placed.chosen.carries
    carries = plan.placed.chosen.carries
    targets = plan.settings.scaling.targets
    spec = autoscaling_spec(
        kind="keda",
        replicas=(1, _MOST),
        prometheus_url="http://prometheus",
        namespace=serving.namespace,
        stack=serving.name,
        engine=serving.workload.engine,
        targets=ScaleTargets(
            queued=targets.queued,
            kv_usage=targets.kv_usage,
            requests_per_second=carries.requests_per_second,
            in_flight=carries.in_flight,
        ),
        start_seconds=start,
        cold_start_seconds=ceil(1.5 * start),
        pace=pace,
    )
    assert spec is not None
    return rules_of(spec)


def engine_of() -> Engine:
    """One replica, calibrated."""
    plan = _plan()
    assert plan.architecture and plan.placed and plan.placed.chosen and plan.placed.chosen.gpu
    chosen, catalog = plan.placed.chosen, load_catalog()
    return Engine(
        work=work_of(plan.architecture, plan.architecture.storage, chosen.kv_bits),
        gpu=catalog.gpus[plan.placed.chosen.gpu].value,
        constants=catalog.calibrations[f"vllm/{chosen.gpu}"].value.dense.constants,
    )


@cache
def _plan() -> Plan:
    return make_plan(load_stack_file(STACK), stack="bursts")
