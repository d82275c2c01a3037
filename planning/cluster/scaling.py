"""The stack file's wishes about replicas, in the words of the autoscaler."""

from __future__ import annotations

from math import ceil

from components.specs import HoldSpec
from components.specs.cluster import AutoscalingSpec
from components.specs.engine import EngineSpec
from planning.choice import Candidate
from planning.cluster.autoscaling import ScaleTargets, autoscaling_spec, hold_spec
from planning.cluster.charts import prometheus_url
from planning.coldstart import ColdStart
from planning.settings import Settings


def planned_autoscaling(
    settings: Settings,
    chosen: Candidate,
    engine: EngineSpec,
    start: ColdStart,
    *,
    namespace: str,
    name: str,
) -> AutoscalingSpec | None:
    """None for a fixed number of replicas."""
    targets, carries = settings.scaling.targets, chosen.carries
    return autoscaling_spec(
        kind=settings.scaling.autoscaler or "keda",
        replicas=chosen.replicas,
        prometheus_url=prometheus_url(settings) or "",
        namespace=namespace,
        stack=name,
        engine=engine,
        targets=ScaleTargets(
            queued=targets.queued,
            kv_usage=targets.kv_usage,
            requests_per_second=targets.requests_per_second
            or (carries and carries.requests_per_second),
            in_flight=carries and carries.in_flight,
        ),
        start_seconds=ceil(start.measured_or_expected),
        cold_start_seconds=start.budget_seconds,
    )


def planned_hold(settings: Settings, minimum: int, start: ColdStart) -> HoldSpec | None:
    """None: a replica is always there."""
    return hold_spec(
        minimum=minimum,
        max_streams=settings.access.max_streams,
        cold_start_seconds=start.held_request_timeout_seconds,
    )
