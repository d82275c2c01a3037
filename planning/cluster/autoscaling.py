"""When replicas are added and taken away: triggers from what the pinned engine really reports.

Processor and GPU use are no signals: an engine reserves its memory at the start and is busy with
one request as with many. Its queue and its KV cache are, and the gateway's requests in flight: the
only signal that is there while no replica is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

from components.specs import HoldSpec
from components.specs.cluster import (
    AutoscalingSpec,
    LookBackSpec,
    ScalePaceSpec,
    ScalePolicySpec,
    TriggerSpec,
)
from components.specs.engine import EngineSpec, Meaning
from components.specs.scrape import series

_POLL_SECONDS = 15
_POLL_ASLEEP_SECONDS = 5
"""Somebody waits for every second of it."""
_SHORTEST_STABILISATION = 60
_LONGEST_STABILISATION = 3600
"""Kubernetes takes no more."""
_SHORTEST_COOLDOWN = 300
_IN_FLIGHT = {"envoy_cluster_name": "~engine|waiting"}
_ARRIVED = {"envoy_cluster_name": "engine"}
_DAY_SECONDS = 86_400
_AT_ONCE = ScalePaceSpec(
    stabilisation_seconds=0,
    policies=(
        ScalePolicySpec(kind="Percent", value=100, period_seconds=15),
        ScalePolicySpec(kind="Pods", value=4, period_seconds=15),
    ),
)
_CAREFULLY = (
    ScalePolicySpec(kind="Percent", value=50, period_seconds=60),
    ScalePolicySpec(kind="Pods", value=1, period_seconds=60),
)
_WHOLLY = (ScalePolicySpec(kind="Percent", value=100, period_seconds=15),)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """What `python -m benchmarks.replay.search` has found (docs/replay.md), for stacks of which is
    known what a replica carries."""

    carried_share: float = 1.05
    """Of the requests a second that a replica is said to carry, which is at the slow end of the
    prediction, a tenth below the expected: above it another is wanted."""
    beyond_start_seconds: int = 45
    """So much further ahead than a start takes is looked at the day before."""
    settled_share: float = 0.25
    """Of a start: for so long a replica must be superfluous."""


PACE = Pace()
RATE_SECONDS = 60
"""Window of the rate of requests: with a scrape every 15 s a shorter one is mostly chance."""


@dataclass(frozen=True, kw_only=True)
class ScaleTargets:
    """Load of one replica above which another is added."""

    queued: int
    """Requests that wait in the engine."""
    kv_usage: float
    """Share of the KV cache in use (0..1)."""
    requests_per_second: float | None = None
    """That a replica carries; None: not known."""
    in_flight: int | None = None
    """Requests that a replica has when it carries no more; None: not known."""


def autoscaling_spec(
    *,
    kind: Literal["keda", "hpa"],
    replicas: tuple[int, int],
    prometheus_url: str,
    namespace: str,
    stack: str,
    engine: EngineSpec,
    targets: ScaleTargets,
    start_seconds: int,
    cold_start_seconds: int,
    pace: Pace = PACE,
) -> AutoscalingSpec | None:
    """None for a fixed number of replicas. `stack` is the prefix of the objects' names.

    `start_seconds` is what a start takes, `cold_start_seconds` what it may take. A dip that is
    shorter than a start must not take a replica away, so the window to scale down is at least the
    cold-start budget; before the last one goes, it is twice that. Where the load of the day before
    says when a replica will be needed again, a part of a start is enough.
    """
    minimum, maximum = replicas
    if minimum == maximum:
        return None
    return AutoscalingSpec(
        kind=kind,
        minimum=minimum,
        maximum=maximum,
        prometheus_url=prometheus_url,
        triggers=(
            *_triggers(namespace, stack, engine, targets),
            *_arrivals(namespace, stack, targets, start_seconds, pace),
        ),
        polling_seconds=_POLL_SECONDS if minimum else _POLL_ASLEEP_SECONDS,
        up=_AT_ONCE,
        down=_down(targets, start_seconds, cold_start_seconds, pace),
        cooldown_seconds=max(_SHORTEST_COOLDOWN, 2 * cold_start_seconds),
    )


def hold_spec(*, minimum: int, max_streams: int, cold_start_seconds: int) -> HoldSpec | None:
    """Requests that each gateway holds while the stack wakes; None: it never rests.

    As many as may be in flight through it, and for as long as a start may take.
    """
    return None if minimum else HoldSpec(requests=max_streams, seconds=cold_start_seconds)


def _down(
    targets: ScaleTargets, start_seconds: int, cold_start_seconds: int, pace: Pace
) -> ScalePaceSpec:
    foreseen = targets.requests_per_second is not None
    window = ceil(pace.settled_share * start_seconds) if foreseen else cold_start_seconds
    return ScalePaceSpec(
        stabilisation_seconds=min(max(_SHORTEST_STABILISATION, window), _LONGEST_STABILISATION),
        policies=_WHOLLY if foreseen else _CAREFULLY,
    )


def _triggers(
    namespace: str, stack: str, engine: EngineSpec, targets: ScaleTargets
) -> Iterator[TriggerSpec]:
    metrics = engine.contract.metrics
    label = {metrics.model_label: engine.served_name} if metrics.model_label else {}
    wanted: dict[Meaning, float] = {"queued": targets.queued, "kv_usage": targets.kv_usage}
    for meaning, threshold in wanted.items():
        if name := metrics.names.get(meaning):
            query = f"sum({series(name, namespace, stack, label)})"
            yield TriggerSpec(
                name=meaning.replace("_", "-"), query=query, threshold=threshold, activation=0
            )
    most = _full(engine) + targets.queued
    flying = series("envoy_cluster_upstream_rq_active", namespace, stack, _IN_FLIGHT)
    yield TriggerSpec(
        name="in-flight",
        query=f"sum({flying})",
        threshold=min(most, targets.in_flight or most),
        activation=0,
    )


def _arrivals(
    namespace: str, stack: str, targets: ScaleTargets, start_seconds: int, pace: Pace
) -> Iterator[TriggerSpec]:
    """Requests a second, now and a day ago: of a replica that is overloaded they say how many more
    are needed, which requests in flight do not, and a day ago they say it before they come."""
    carried = targets.requests_per_second
    if carried is None:
        return
    arrived = series("envoy_cluster_upstream_rq_total", namespace, stack, _ARRIVED)
    rate = f"sum(rate({arrived}[{RATE_SECONDS}s]))"
    threshold = round(pace.carried_share * carried, 2)
    window = min(start_seconds + pace.beyond_start_seconds, _DAY_SECONDS // 2)
    ago = f"[{window}s:{_POLL_SECONDS}s] offset {_DAY_SECONDS - window}s"
    yield TriggerSpec(name="arrivals", query=rate, threshold=threshold, activation=0)
    yield TriggerSpec(
        name="arrivals-before",
        # Without a day before there is no such series; that is no failure.
        query=f"max_over_time({rate}{ago}) or vector(0)",
        threshold=threshold,
        activation=0,
        look_back=LookBackSpec(period_seconds=_DAY_SECONDS, window_seconds=window),
    )


def _full(engine: EngineSpec) -> int:
    """Requests at which a replica's queue begins; where its batch has no bound that we set, what
    it may hold in all."""
    return engine.sequences or engine.queue
