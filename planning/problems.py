"""What is wrong with a stack file or a plan, in a form that people and machines can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Severity = Literal["error", "warning", "advice"]
"""An error forbids `up`; a warning is about to hurt; advice could be better or cheaper."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to mend. `got` never holds a secret (see settings/echo.py)."""

    path: str
    """The key as people write it, e.g. `slipway:access.keys[0].from`; else the file."""
    code: str
    """Stable kebab-case name of the rule, for machines."""
    got: str
    allowed: str
    fixes: tuple[str, ...]
    severity: Severity = "error"


class SettingsError(Exception):
    """A stack file that cannot be planned; holds every problem found, in reading order."""

    def __init__(self, problems: tuple[Problem, ...], *, origin: str) -> None:
        self.problems = problems
        self.origin = origin
        super().__init__(problem_text(problems, origin=origin))


def gravest_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors, then warnings, then advice; otherwise in the given order."""
    return tuple(sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity)))


def errors_of(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity == "error")


def problem_text(problems: tuple[Problem, ...], *, origin: str) -> str:
    """All problems as plain text, for terminals, logs and `pulumi up`."""
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    return "\n\n".join([f"{origin}: {count}", *map(_one, problems)])


def _one(problem: Problem) -> str:
    lines = [
        f"{problem.severity}: {problem.path}  [{problem.code}]",
        f"  got      {problem.got}",
        f"  allowed  {problem.allowed}",
        *(f"  fix      {fix}" for fix in problem.fixes),
    ]
    return "\n".join(lines)
