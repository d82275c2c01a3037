"""What the engine's operations mean for a month: 15, and nothing else is guessed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Which states of a step cost something."""

    before: bool = False
    after: bool = False
    part: bool = False
    """Of a replacement, whose own step says the same once."""
    note: str = ""


_LASTS = Operation(before=True, after=True)
_PART = Operation(part=True)
_FOREIGN = Operation(note="not owned by this stack")
OPERATIONS = {
    "same": _LASTS,
    "update": _LASTS,
    "create": Operation(after=True),
    "delete": Operation(before=True),
    "replace": _LASTS,
    "create-replacement": _PART,
    "delete-replaced": _PART,
    "import": Operation(before=True, after=True, note="there and billed already"),
    "import-replacement": Operation(before=True, after=True, note="there and billed already"),
    "refresh": Operation(before=True, after=True, note="what was found, not what was written"),
    "read": _FOREIGN,
    "read-replacement": _FOREIGN,
    "discard": _FOREIGN,
    "discard-replaced": _FOREIGN,
    "remove-pending-replace": Operation(note="tidies the state"),
}
