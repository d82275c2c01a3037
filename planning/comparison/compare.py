"""Every target planned from the same stack file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from planning.catalog import Catalog
from planning.catalog.rows.targets import TargetLimitRow
from planning.coldstart import ColdStart, StartCase, cold_start
from planning.comparison.swap import Lost, on_target
from planning.machine import Machine
from planning.plan import Plan, make_plan
from planning.problems import Problem, errors_of
from planning.settings.settings import Target


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One target."""

    target: Target
    plan: Plan | None
    """None: the target cannot serve this model at all."""
    cold_start: ColdStart | None
    lost: tuple[Lost, ...]
    """Keys of the stack file that count for nothing there."""
    limits: tuple[TargetLimitRow, ...]
    """What it does not have, and what it needs, whatever the stack file says."""
    problems: tuple[Problem, ...]
    """The gravest first."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return errors_of(self.problems)


def compare(
    raw: Mapping[str, object],
    *,
    origin: str,
    stack: str,
    catalog: Catalog,
    machine: Machine | None = None,
    model_config: Path | None = None,
    today: datetime.date | None = None,
) -> tuple[Outcome, ...]:
    """`raw` as for `load_settings`; the other arguments as for `make_plan`. Reads no network."""
    outcomes: list[Outcome] = []
    for target in get_args(Target):
        swapped = on_target(raw, target, origin=origin, catalog=catalog)
        plan = None
        if swapped.settings is not None:
            plan = make_plan(
                swapped.settings,
                stack=stack,
                catalog=catalog,
                machine=machine,
                model_config=model_config,
                today=today,
            )
        outcomes.append(
            Outcome(
                target=target,
                plan=plan,
                cold_start=_start(plan, catalog) if plan else None,
                lost=swapped.lost,
                limits=tuple(
                    row for row in catalog.target_limits.values() if row.value.target == target
                ),
                problems=plan.problems if plan else swapped.problems,
            )
        )
    return tuple(outcomes)


def _start(plan: Plan, catalog: Catalog) -> ColdStart | None:
    """On this machine: of one process, from a model that is converted already."""
    if plan.local is None:
        return plan.placed.cold_start if plan.placed else None
    if plan.memory is None:
        return None
    versions = [row for row in catalog.engine_versions.values() if row.value.engine == "onnx"]
    case = StartCase(
        target="local",
        engine="onnx",
        engine_version=versions[-1].id,
        weight_bytes=plan.memory.artefact,
        model_source_kind=plan.settings.models[0].source.kind,
    )
    return cold_start(case, catalog)
