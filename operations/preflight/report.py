"""What came out of the checks: one finding each, and what it means for `up`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from operations.preflight.asking import Reason
from planning.problems import Problem

Outcome = Literal["ok", "warning", "problem", "unchecked", "skipped"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check. Nothing in it is a secret, nor a text that a server chose freely."""

    check: str
    """Stable kebab-case name."""
    subject: str
    """What was looked at."""
    said: str
    """What was found, or why nothing was."""
    problems: tuple[Problem, ...] = ()
    reason: Reason | None = None
    """Why it could not be checked; None where it could."""
    skipped: bool = False
    """Whether the plan gives nothing to check here."""

    @property
    def outcome(self) -> Outcome:
        """`ok` only where the answer was read and is good."""
        if self.reason:
            return "unchecked"
        if any(problem.severity == "error" for problem in self.problems):
            return "problem"
        if self.problems:
            return "warning"
        return "skipped" if self.skipped else "ok"


@dataclass(frozen=True)
class Report:
    """All findings, in the order of the plan."""

    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Errors and warnings of all findings."""
        return tuple(problem for finding in self.findings for problem in finding.problems)

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.outcome == "unchecked")

    @property
    def exit_code(self) -> int:
        """0: nothing is in the way; 1: something is; 3: nothing found, but not all was checked."""
        if any(finding.outcome == "problem" for finding in self.findings):
            return 1
        return 3 if self.unchecked else 0

    def document(self) -> dict[str, object]:
        """For `--json`."""
        findings = [
            {
                "check": finding.check,
                "subject": finding.subject,
                "outcome": finding.outcome,
                "reason": finding.reason,
                "said": finding.said,
                "problems": [asdict(problem) for problem in finding.problems],
            }
            for finding in self.findings
        ]
        return {"exitCode": self.exit_code, "findings": findings}
