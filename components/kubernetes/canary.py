"""The canary's half of a stack: the same objects as the engine's, under names of its own."""

from __future__ import annotations

from dataclasses import replace

from components.specs.cluster import KubernetesSpec


def of_canary(spec: KubernetesSpec) -> KubernetesSpec | None:
    """The stack as if the canary were its engine; None without one."""
    if (canary := spec.canary) is None:
        return None
    metrics = canary.workload.engine.contract.metrics
    return replace(
        spec,
        workload=canary.workload,
        observability=replace(spec.observability, metrics=metrics),
        autoscaling=None,
        canary=None,
    )
