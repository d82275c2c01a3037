"""Steps of an engine and rules it was held against, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planning.cost.report.escaped import cell, code
from planning.cost.report.names import type_and_name
from tools.ci.events import Step, Violation

_MOST = 100
"""Rows; a comment has other parts."""


def counted(steps: Sequence[Step]) -> str:
    """`2 create, 1 update`."""
    counts = Counter(step.op for step in steps)
    return ", ".join(f"{count} {op}" for op, count in sorted(counts.items())) or "no change"


def table(steps: Sequence[Step]) -> Iterator[str]:
    """One row a resource: its type and name, and no value of it."""
    if not steps:
        return
    yield "| | resource |"
    yield "|---|---|"
    for step in steps[:_MOST]:
        yield f"| {step.sign} {step.op} | {_named(step.urn)} |"
    if len(steps) > _MOST:
        yield f"| | {len(steps) - _MOST} more, see the run |"
    yield ""


def judged(violations: Sequence[Violation]) -> Iterator[str]:
    """What each rule says, or that none says anything."""
    if not violations:
        yield "Policies: nothing is refused."
        yield ""
    for one in violations[:_MOST]:
        word = "Refused" if one.level == "mandatory" else "Warning"
        where = f" ({_named(one.urn)})" if one.urn else ""
        yield f"> **{word} by `{code(one.rule)}`**: {cell(one.message)}{where}"
        yield ""


def _named(urn: str) -> str:
    kind, name = type_and_name(urn)
    return f"`{code(kind)} {code(name)}`"
