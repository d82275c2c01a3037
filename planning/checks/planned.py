"""The rules over a `local` plan: memory, disk, money, and what deserves a warning."""

from __future__ import annotations

from decimal import Decimal

from planning.architecture import Architecture
from planning.checks import cost, exposure, shape, space
from planning.fit import Memory
from planning.machine import Machine
from planning.problems import Problem, gravest_first
from planning.settings import Settings


def local_problems(
    settings: Settings,
    architecture: Architecture | None,
    memory: Memory | None,
    machine: Machine | None,
) -> tuple[Problem, ...]:
    """Errors first, then warnings, then advice."""
    found = [
        *shape.context_fits_architecture(settings, architecture),
        *space.replicas_fit_memory(settings, memory, machine),
        *space.disk_holds_the_artefact(memory, machine),
        *cost.month_within_budget(settings, _of_the_users_own_machine),
        *space.memory_is_known(settings, memory),
        *shape.every_part_is_counted(architecture),
        *exposure.plain_http_to_others(settings),
        *exposure.low_port_needs_rights(settings),
        *exposure.limit_below_traffic(settings),
        *exposure.speed_is_not_predicted(settings),
    ]
    return gravest_first(found)


def _of_the_users_own_machine(bound: object) -> Decimal:
    return Decimal(0)
