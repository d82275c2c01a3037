"""Settings to a plan that may be built."""

from __future__ import annotations

import pulumi

from components.local.cache import cache_directory
from planning.machine import read_machine
from planning.plan import Plan, make_plan
from planning.problems import problem_text
from planning.settings import Settings


def checked_plan(settings: Settings) -> Plan:
    """The plan for this machine; warnings are shown. Raises pulumi.RunError on any error."""
    plan = make_plan(settings, stack=pulumi.get_stack(), machine=read_machine(cache_directory()))
    if plan.errors:
        raise pulumi.RunError(problem_text(plan.errors, origin=settings.origin))
    for problem in plan.problems:
        pulumi.log.warn(problem_text((problem,), origin=settings.origin))
    return plan
