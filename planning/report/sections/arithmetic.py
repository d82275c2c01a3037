"""How each figure comes about."""

from __future__ import annotations

from collections.abc import Sequence

from planning.explain import Explained
from planning.explain.text import value_text
from planning.page.table import Section, Table, columns


def arithmetic_section(figures: Sequence[Explained]) -> Section:
    return Section(
        slug="arithmetic",
        title="How each figure comes about",
        words=("As python -m planning plan FILE --explain prints it.",),
        tables=(
            Table(
                columns=columns("figure", "value>", "arithmetic", "source"),
                rows=tuple(
                    (
                        one.path,
                        value_text(one.value),
                        "; ".join(line.strip() for line in one.arithmetic.lines),
                        "; ".join(one.arithmetic.sources) or "-",
                    )
                    for one in figures
                ),
            ),
        ),
        folded=True,
    )
