"""What is wrong, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from planning.page.table import Section, Table, columns
from planning.problems import Problem


def problems_section(problems: Sequence[Problem]) -> Section:
    rows = tuple(
        (one.severity, one.path, f"{one.got} [{one.code}]", one.allowed, "; ".join(one.fixes))
        for one in problems
    )
    if not rows:
        return Section(slug="problems", title="Problems", words=("None that this plan can see.",))
    return Section(
        slug="problems",
        title="Problems",
        words=("An error forbids pulumi up; a warning and an advice do not.",),
        tables=(Table(columns=columns("severity", "key", "got", "allowed", "fixes"), rows=rows),),
    )
