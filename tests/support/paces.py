"""How fast an autoscaler of the tests goes."""

from __future__ import annotations

from components.specs.cluster import ScalePaceSpec, ScalePolicySpec


def pace(settled: int) -> ScalePaceSpec:
    """To twice as many, or to none, in 15 seconds; wishes of `settled` seconds are looked at."""
    policy = ScalePolicySpec(kind="Percent", value=100, period_seconds=15)
    return ScalePaceSpec(stabilisation_seconds=settled, policies=(policy,))
