"""Settings to a plan that may be built."""

from __future__ import annotations

from collections.abc import Iterator

import pulumi

from components.local.cache import cache_directory
from planning.machine import read_machine
from planning.plan import Plan, make_plan
from planning.problems import Problem, problem_text
from planning.settings import Settings


def checked_plan(settings: Settings) -> Plan:
    """The plan for this machine; warnings are shown. Raises pulumi.RunError on any error."""
    plan = make_plan(
        settings,
        stack=pulumi.get_stack(),
        project=pulumi.get_project(),
        machine=read_machine(cache_directory()),
    )
    errors = (*plan.errors, *_lacking(plan))
    if errors:
        raise pulumi.RunError(problem_text(errors, origin=settings.origin))
    for problem in plan.problems:
        pulumi.log.warn(problem_text((problem,), origin=settings.origin))
    return plan


def _lacking(plan: Plan) -> Iterator[Problem]:
    """What a plan can do without, but not what is made of it."""
    if plan.endpoint is not None:
        # Imported late: a local stack has no endpoint.
        from planning.checks.endpoint import endpoint_can_be_made

        yield from endpoint_can_be_made(plan.settings, plan.endpoint)
