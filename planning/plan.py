"""Settings and catalog to a plan: a frozen value that says everything that will be made."""

from __future__ import annotations

from dataclasses import dataclass

from components.specs import LocalSpec
from planning.catalog import Catalog, load_catalog
from planning.catalog.rows import ModelRow
from planning.checks.planned import planned_problems
from planning.fit import Memory, replica_memory
from planning.local import local_spec
from planning.machine import Machine
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
    memory: Memory | None
    """Of one replica; None where the catalog does not know the model."""
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
) -> Plan:
    """Pure: the same arguments give an equal plan. Look at `errors` before building it.

    Without `machine` nothing is checked against memory and disk, and `threads: auto` is 1.
    """
    catalog = catalog or load_catalog()
    known = catalog.model_of(settings.models[0].source.text)
    memory = _memory(settings, known, catalog) if known else None
    monthly = 0.0  # processes on the user's own machine
    return Plan(
        stack=stack,
        settings=settings,
        known=known,
        memory=memory,
        machine=machine,
        estimated_monthly_usd=monthly,
        problems=planned_problems(settings, memory, machine, monthly),
        local=local_spec(settings, catalog, known, machine, memory),
    )


def _memory(settings: Settings, row: ModelRow, catalog: Catalog) -> Memory:
    engine = catalog.engines[settings.engine.kind].value
    device = catalog.devices[engine.devices[0]].value
    return replica_memory(
        row.value.architecture,
        quantization=catalog.quantizations[settings.engine.quantization].value,
        engine=engine,
        kv_bits=device.kv_bits[settings.engine.quantization],
        rows=settings.engine.max_concurrent,
        context=settings.models[0].max_context,
    )
