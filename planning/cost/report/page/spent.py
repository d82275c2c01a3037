"""Where the money goes."""

from __future__ import annotations

from planning.cost.report.document import CostDocument
from planning.cost.report.groups import Group, groups
from planning.cost.report.money import change, money, range_words
from planning.cost.report.page.bars import Bar
from planning.cost.report.page.picture import pictured
from planning.page.table import Section, Table, columns


def spent_section(document: CostDocument) -> Section | None:
    """None where nothing has a price."""
    found = groups(document.resources)
    if not found:
        return None
    bars = [
        Bar(label=one.name, note=range_words(one.after), before=one.before, after=one.after)
        for one in found
    ]
    said = "; ".join(f"{one.name} {range_words(one.after)}" for one in found)
    return Section(
        slug="where",
        title="Where the money goes",
        picture=pictured(bars, "Dollars a month by type of resource", f"{said}."),
        tables=(
            Table(
                columns=columns("type", "resources>", "now, at most>", "min>", "max>", "change>"),
                rows=tuple(_row(one) for one in found),
            ),
        ),
    )


def _row(one: Group) -> tuple[str, ...]:
    old, new = one.before.max, one.after.max
    more = None if old is None or new is None else round(new - old, 2)
    return (
        one.name,
        str(one.count),
        money(old),
        money(one.after.min),
        money(new),
        change(more),
    )
