"""`plan`: every affected stack is planned, without credentials and engine."""

from __future__ import annotations

from tools.ci.output import shown
from tools.ci.stacks import Change


def plan(change: Change) -> int:
    """1 if one is refused: all of them are planned first, so that one run shows everything."""
    # Not held against this machine, which is not the one that a stack will run on.
    codes = [shown("planning", "plan", str(file), "--no-machine") for file in change.files]
    return max(codes, default=0)
