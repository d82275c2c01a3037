"""Range bars as a section's picture, with a legend of what is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from planning.cost.report.money import money
from planning.cost.report.page.bars import Bar, range_bars, shows_limit
from planning.page.table import Picture


def pictured(
    bars: Sequence[Bar], title: str, description: str, limit: float | None = None
) -> Picture:
    """`limit`: dollars a month that are allowed."""
    legend = list(_legend(bars))
    if limit is not None and shows_limit(bars, limit):
        legend.append(("limit", f"budget of ${money(limit)}"))
    return Picture(
        title=title,
        description=description,
        legend=tuple(legend),
        draw=partial(_draw, tuple(bars), limit, title, description),
    )


def _legend(bars: Sequence[Bar]) -> Iterator[tuple[str, str]]:
    after = [bar.after for bar in bars if bar.after and bar.after.max]
    if any(bar.before and bar.before.max for bar in bars):
        yield "before", "now, at most"
    if any(one.min for one in after):
        yield "least", "with this change, at least"
    if any(one.min is not None and one.min != one.max for one in after):
        yield "most", "with this change, at most"
    if any(one.expected is not None and one.min != one.max for one in after):
        yield "expected", "expected"
    if any(one.min is None for one in after):
        yield "missing", "at most this; the least is not known"


def _draw(
    bars: tuple[Bar, ...],
    limit: float | None,
    title: str,
    description: str,
    width: int,
    prefix: str,
) -> str:
    return range_bars(bars, width, prefix, title, description, limit)
