"""A stack costs what it may: the rule of the plan check, for any program's resources.

pulumi-policy 1.21.0 drops the stack's configuration that the engine tells it (`ConfigureStack`),
so the budget is the rule's own configuration.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from planning.catalog import load_catalog
from planning.cost import estimate, read_preview
from planning.cost.guard import over
from planning.cost.resource import Resource
from planning.problems import Problem
from planning.settings.budget import Budget
from policies.priced import resources_of


def _validate_over(args: StackValidationArgs, report: ReportViolation) -> None:
    for problem in _problems(args):
        if problem.severity == "error":
            report(_text(problem), None)


def _validate_unchecked(args: StackValidationArgs, report: ReportViolation) -> None:
    for problem in _problems(args):
        if problem.severity != "error":
            report(_text(problem), None)


def _problems(args: StackValidationArgs) -> tuple[Problem, ...]:
    config = args.get_config()
    budget = _budget(config)
    if budget is None:
        args.not_applicable("its configuration has no `monthly`")
        return ()
    base = _base(config)
    after = resources_of(args.resources)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    found = estimate(base or (), after, load_catalog(), today)
    kinds = [line.kind for line in found.after.values()]
    return over(
        budget,
        found.total.at if "priced" in kinds else lambda _: None,
        None if base is None else found.total_before.at,
        unpriced=kinds.count("unpriced"),
    )


def _budget(config: Mapping[str, Any]) -> Budget | None:
    """None: there is none. Raises ValueError for one that is not whole."""
    own = {key: config[key] for key in ("monthly", "maxIncrease", "bound") if config.get(key)}
    return Budget.model_validate(own) if own else None


def _base(config: Mapping[str, Any]) -> tuple[Resource, ...] | None:
    """Raises OSError and PreviewError: an increase over nobody knows what is not held."""
    file = config.get("base")
    return read_preview(Path(file).read_text(encoding="utf-8")).after if file else None


def _text(problem: Problem) -> str:
    return "\n".join(_lines(problem))


def _lines(problem: Problem) -> Iterator[str]:
    yield f"{problem.path}: {problem.got}; allowed: {problem.allowed}"
    yield from (f"fix: {fix}" for fix in problem.fixes)


_SCHEMA = PolicyConfigSchema(
    properties={
        "monthly": {"type": "string", "description": "most that a month may cost, such as `$500`"},
        "maxIncrease": {"type": "string", "description": "most that a change may add to it"},
        "bound": {"type": "string", "enum": ["min", "expected", "max"]},
        "base": {
            "type": "string",
            "description": "file of `pulumi preview --json --show-sames` to compare with",
        },
    }
)
OVER = StackValidationPolicy(
    name="budget",
    description="A month costs what it may",
    validate=_validate_over,
    enforcement_level=EnforcementLevel.MANDATORY,
    config_schema=_SCHEMA,
)
UNCHECKED = StackValidationPolicy(
    name="budget-unchecked",
    description="Whether a month costs what it may is known",
    validate=_validate_unchecked,
    enforcement_level=EnforcementLevel.ADVISORY,
    config_schema=_SCHEMA,
)
