"""The benchmark of the replay and its goals."""

from __future__ import annotations

from benchmarks.goal import Benchmark, Goal

REPLAY = Benchmark(
    name="replay",
    title="The replay of traces against DynoSim (ai-dynamo), same times, trace and rules",
    timeout_seconds=1800,
    goals=(
        Goal(
            key="speed",
            title="Simulated requests a second and core",
            unit="x",
            sense="at least",
            wanted=20.0,
        ),
        Goal(
            key="gpu-hours-fixed",
            title="GPU-hours of a fixed fleet, off DynoSim's",
            unit="%",
            sense="at most",
            wanted=3.0,
        ),
        Goal(
            key="gpu-hours-rules",
            title="GPU-hours under the rules that are rendered, off DynoSim's",
            unit="%",
            sense="at most",
            wanted=3.0,
        ),
        Goal(
            key="gpu-hours-first-day",
            title="GPU-hours without a day before, replicas overloaded, off DynoSim's",
            unit="%",
            sense="at most",
            wanted=3.0,
        ),
        Goal(
            key="in-time-rules",
            title="Share in time under the rules, off DynoSim's",
            unit="points",
            sense="at most",
            wanted=2.0,
        ),
        Goal(
            key="in-time-first-day",
            title="Share in time without a day before, off DynoSim's",
            unit="points",
            sense="at most",
            wanted=2.0,
        ),
    ),
)
