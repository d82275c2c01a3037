"""The autoscaler of Inference Endpoints, as its documentation describes it."""

from __future__ import annotations

from components.specs import HfScalingSpec
from components.specs.cluster import ScalePaceSpec, ScalePolicySpec, TriggerSpec
from planning.replay.rules import Rules

_THRESHOLD = 1.5
"""Pending requests of a replica, where none is stated."""
_WINDOW_SECONDS = 20
_UP_SECONDS, _DOWN_SECONDS, _STABLE_SECONDS = 60, 120, 300
"""https://github.com/huggingface/hf-endpoints-documentation docs/source/guides/autoscaling.md
(f4ed1eb, read 2026-12-01): more than 1.5 pending requests a replica over 20 s add one; up every
minute, down every two, 300 s to settle, to zero after an hour."""
_ZERO_SECONDS = 3600


def endpoint_rules(spec: HfScalingSpec) -> Rules | int:
    """`pendingRequests`: those without an answer's status yet, taken as all in flight. It "adds a
    replica", and is taken to give up one at a time too."""
    if spec.min_replica == spec.max_replica:
        return spec.max_replica
    rest = spec.scale_to_zero_minutes
    return Rules(
        minimum=spec.min_replica,
        maximum=spec.max_replica,
        triggers=(
            TriggerSpec(
                name="in-flight",
                query="pendingRequests",
                threshold=spec.threshold or _THRESHOLD,
                activation=0,
            ),
        ),
        up=_pace(0, _UP_SECONDS),
        down=_pace(_STABLE_SECONDS, _DOWN_SECONDS),
        sync_seconds=_UP_SECONDS,
        age_seconds=_WINDOW_SECONDS / 2,
        poll_seconds=_UP_SECONDS,
        cooldown_seconds=_ZERO_SECONDS if rest is None else 60 * rest,
    )


def _pace(settled: int, period: int) -> ScalePaceSpec:
    policy = ScalePolicySpec(kind="Pods", value=1, period_seconds=period)
    return ScalePaceSpec(stabilisation_seconds=settled, policies=(policy,))
