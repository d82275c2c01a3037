"""Settings and catalog to a plan: a frozen value that says everything that will be made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from components.specs import LocalSpec
from planning.architecture import Architecture
from planning.catalog import Catalog, load_catalog
from planning.catalog.rows import ModelRow
from planning.checks.planned import planned_problems
from planning.fit import Memory
from planning.known import known_model
from planning.local import local_spec
from planning.machine import Machine
from planning.onnx import onnx_memory
from planning.problems import Problem, errors_of
from planning.settings import Settings

LIVE_PATH = "/health/live"
READY_PATH = "/health/ready"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What `pulumi up` makes, what it needs and what is wrong with it; no secret is in it."""

    stack: str
    settings: Settings
    known: ModelRow | None
    """The catalog's row of the model, if it has one."""
    architecture: Architecture | None
    """Of the model; None where neither its config.json nor the catalog tells it."""
    memory: Memory | None
    """Of one replica; None without an architecture."""
    machine: Machine | None
    """What the plan was checked against, if anything."""
    estimated_monthly_usd: float
    problems: tuple[Problem, ...]
    local: LocalSpec | None
    """What the `local` target builds; None for another target."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that forbid `up`; the rest are warnings."""
        return errors_of(self.problems)


def make_plan(
    settings: Settings,
    *,
    stack: str,
    catalog: Catalog | None = None,
    machine: Machine | None = None,
    model_config: Path | None = None,
) -> Plan:
    """The same arguments and files give an equal plan. Look at `errors` before building it.

    Without `machine` nothing is checked against memory and disk, and `threads: auto` is 1.
    `model_config` stands in for the stack file's `model.config`.
    """
    catalog = catalog or load_catalog()
    known = known_model(settings, catalog, model_config)
    model = known.architecture
    memory = onnx_memory(settings, model, catalog) if model else None
    monthly = 0.0  # processes on the user's own machine
    return Plan(
        stack=stack,
        settings=settings,
        known=known.row,
        architecture=model,
        memory=memory,
        machine=machine,
        estimated_monthly_usd=monthly,
        problems=known.problems + planned_problems(settings, model, memory, machine, monthly),
        local=local_spec(settings, catalog, known.row, machine, memory),
    )
