"""Rules: what the chosen target can run."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem


def target_is_named(facts: Facts) -> Iterator[Problem]:
    if facts.stated.target is None:
        yield Problem(
            path="slipway:target",
            code="missing-key",
            got="nothing",
            allowed="local",
            fixes=("add slipway:target: local",),
        )


def target_is_built(facts: Facts) -> Iterator[Problem]:
    if facts.stated.target not in (None, "local"):
        yield Problem(
            path="slipway:target",
            code="target-planned",
            got=f'"{facts.stated.target}", which comes with a later release',
            allowed="local",
            fixes=("write slipway:target: local",),
        )


def engine_is_built(facts: Facts) -> Iterator[Problem]:
    kind = facts.stated.engine.kind
    target = facts.stated.target
    working = [row.id for row in facts.catalog.engines.values() if target in row.value.targets]
    if target == "local" and kind not in working:
        yield Problem(
            path="slipway:engine.kind",
            code="engine-unsupported",
            got=f'"{kind}", which does not run on local',
            allowed=", ".join(working),
            fixes=(f"write kind: {working[0]}",),
        )


def replicas_are_fixed(facts: Facts) -> Iterator[Problem]:
    replicas = facts.stated.scaling.replicas
    if facts.stated.target == "local" and not replicas.fixed:
        yield Problem(
            path="slipway:scaling.replicas",
            code="range-unsupported",
            got=f"{replicas}, but local has no autoscaler",
            allowed="a whole number from 1 to 64",
            fixes=(f"write replicas: {replicas.maximum}",),
        )


def quantization_runs_there(facts: Facts) -> Iterator[Problem]:
    chosen = facts.stated.engine.quantization
    engine = facts.catalog.engines.get(facts.stated.engine.kind)
    if engine is None or facts.stated.target != "local":
        return
    device = engine.value.devices[0]
    good = list(facts.catalog.devices[device].value.kv_bits)
    if chosen not in good:
        yield Problem(
            path="slipway:engine.quantization",
            code="quantization-unsupported",
            got=f'"{chosen}", which {device} does not run',
            allowed=", ".join(good),
            fixes=(f"write quantization: {good[-1]}",),
        )
