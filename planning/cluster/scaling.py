"""The stack file's wishes about replicas, in the words of the autoscaler."""

from __future__ import annotations

from components.specs import HoldSpec
from components.specs.cluster import AutoscalingSpec
from components.specs.engine import EngineSpec
from planning.cluster.autoscaling import ScaleTargets, autoscaling_spec, hold_spec
from planning.cluster.charts import prometheus_url
from planning.coldstart import ColdStart
from planning.settings import Settings


def planned_autoscaling(
    settings: Settings,
    replicas: tuple[int, int],
    engine: EngineSpec,
    start: ColdStart,
    *,
    namespace: str,
    name: str,
) -> AutoscalingSpec | None:
    """None for a fixed number of replicas."""
    targets = settings.scaling.targets
    return autoscaling_spec(
        kind=settings.scaling.autoscaler or "keda",
        replicas=replicas,
        prometheus_url=prometheus_url(settings) or "",
        namespace=namespace,
        stack=name,
        engine=engine,
        targets=ScaleTargets(queued=targets.queued, kv_usage=targets.kv_usage),
        cold_start_seconds=start.budget_seconds,
    )


def planned_hold(settings: Settings, minimum: int, start: ColdStart) -> HoldSpec | None:
    """None: a replica is always there."""
    return hold_spec(
        minimum=minimum,
        max_streams=settings.access.max_streams,
        cold_start_seconds=start.held_request_timeout_seconds,
    )
