"""`checks`: what everybody's `make check` checks."""

from __future__ import annotations

from tools.ci.output import shown
from tools.ci.stacks import Change


def checks(_: Change) -> int:
    """Its exit code; the checks are of the checkout, not of a stack."""
    return shown("tools.suite", "check")
