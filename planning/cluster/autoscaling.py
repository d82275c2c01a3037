"""When replicas are added and taken away: triggers from what the pinned engine really reports.

Processor and GPU use are no signals: an engine reserves its memory at the start and is busy with
one request as with many. Its queue and its KV cache are, and the gateway's requests in flight: the
only signal that is there while no replica is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from components.specs import HoldSpec
from components.specs.cluster import AutoscalingSpec, ScalePaceSpec, ScalePolicySpec, TriggerSpec
from components.specs.engine import EngineSpec, Meaning
from components.specs.scrape import series

_POLL_SECONDS = 15
_POLL_ASLEEP_SECONDS = 5
"""Somebody waits for every second of it."""
_SHORTEST_STABILISATION = 60
_LONGEST_STABILISATION = 3600
"""Kubernetes takes no more."""
_SHORTEST_COOLDOWN = 300
_UP = ScalePaceSpec(
    stabilisation_seconds=0,
    policies=(
        ScalePolicySpec(kind="Percent", value=100, period_seconds=15),
        ScalePolicySpec(kind="Pods", value=4, period_seconds=15),
    ),
)
"""At once."""
_DOWN = (
    ScalePolicySpec(kind="Percent", value=50, period_seconds=60),
    ScalePolicySpec(kind="Pods", value=1, period_seconds=60),
)
"""By at most half a minute, and only to what the whole window had needed."""
_IN_FLIGHT = {"envoy_cluster_name": "~engine|waiting"}


@dataclass(frozen=True, kw_only=True)
class ScaleTargets:
    """Load of one replica above which another is added."""

    queued: int
    """Requests that wait in the engine."""
    kv_usage: float
    """Share of the KV cache in use (0..1)."""


def autoscaling_spec(
    *,
    kind: Literal["keda", "hpa"],
    replicas: tuple[int, int],
    prometheus_url: str,
    namespace: str,
    stack: str,
    engine: EngineSpec,
    targets: ScaleTargets,
    cold_start_seconds: int,
) -> AutoscalingSpec | None:
    """None for a fixed number of replicas. `stack` is the prefix of the objects' names.

    A dip that is shorter than a start must not take a replica away, so the window to scale down is
    at least the cold-start budget; before the last one goes, it is twice that.
    """
    minimum, maximum = replicas
    if minimum == maximum:
        return None
    return AutoscalingSpec(
        kind=kind,
        minimum=minimum,
        maximum=maximum,
        prometheus_url=prometheus_url,
        triggers=tuple(_triggers(namespace, stack, engine, targets)),
        polling_seconds=_POLL_SECONDS if minimum else _POLL_ASLEEP_SECONDS,
        up=_UP,
        down=ScalePaceSpec(
            stabilisation_seconds=min(
                max(_SHORTEST_STABILISATION, cold_start_seconds), _LONGEST_STABILISATION
            ),
            policies=_DOWN,
        ),
        cooldown_seconds=max(_SHORTEST_COOLDOWN, 2 * cold_start_seconds),
    )


def hold_spec(*, minimum: int, max_streams: int, cold_start_seconds: int) -> HoldSpec | None:
    """Requests that each gateway holds while the stack wakes; None: it never rests.

    As many as may be in flight through it, and for as long as a start may take.
    """
    return None if minimum else HoldSpec(requests=max_streams, seconds=cold_start_seconds)


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
    flying = series("envoy_cluster_upstream_rq_active", namespace, stack, _IN_FLIGHT)
    yield TriggerSpec(
        name="in-flight",
        query=f"sum({flying})",
        threshold=full(engine) + targets.queued,
        activation=0,
    )


def full(engine: EngineSpec) -> int:
    """Requests at which a replica's queue begins; where its batch has no bound that we set, what
    it may hold in all."""
    return engine.sequences or engine.queue
