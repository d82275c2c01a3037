"""What targets do not have, and what they need."""

from __future__ import annotations

from typing import Literal

from planning.catalog.rows.base import Fact, Row


class TargetLimitFacts(Fact):
    """Of one target, whatever a stack file says."""

    target: Literal["local", "kubernetes", "eks", "hf-endpoint"]
    kind: Literal["lost", "needed"]
    """Another target has it; or it must be there before."""
    what: str
    instead: str | None = None
    """What there is in its place; absent: nothing."""


TargetLimitRow = Row[TargetLimitFacts]
