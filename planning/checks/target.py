"""Rules: what the chosen target can run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.settings import Target


def target_is_named(facts: Facts) -> Iterator[Problem]:
    if facts.stated.target is None:
        yield Problem(
            path="slipway:target",
            code="missing-key",
            got="nothing",
            allowed=", ".join(get_args(Target)),
            fixes=("add slipway:target: local",),
        )


def engine_runs_there(facts: Facts) -> Iterator[Problem]:
    kind, target = facts.stated.engine.kind, facts.stated.target
    working = [row.id for row in facts.catalog.engines.values() if target in row.value.targets]
    if target and kind and kind not in working:
        yield Problem(
            path="slipway:engine.kind",
            code="engine-unsupported",
            got=f'"{kind}", which does not run on {target}',
            allowed=", ".join(working),
            fixes=(f"write kind: {working[0]}",),
        )


def replicas_are_fixed(facts: Facts) -> Iterator[Problem]:
    replicas = facts.stated.scaling.replicas
    if facts.stated.target == "local" and replicas and not replicas.fixed:
        yield Problem(
            path="slipway:scaling.replicas",
            code="range-unsupported",
            got=f"{replicas}, but local has no autoscaler",
            allowed="a whole number from 1 to 64",
            fixes=(f"write replicas: {replicas.maximum}",),
        )


def zones_lie_in_the_region(facts: Facts) -> Iterator[Problem]:
    aws = facts.stated.aws
    for index, zone in enumerate((aws.zones if aws else None) or ()):
        if aws and zone[:-1] != aws.region:
            yield Problem(
                path=f"slipway:aws.zones[{index}]",
                code="zone-elsewhere",
                got=f'"{zone}", while the region is {aws.region}',
                allowed=f"zones of {aws.region}",
                fixes=(f"write {aws.region}{zone[-1]}", f"or write region: {zone[:-1]}"),
            )
