"""What one change would come to."""

from __future__ import annotations

from collections.abc import Sequence

from planning.page.table import Section, Table, columns
from planning.plan import Plan
from planning.report.wording import dollars, month, spread
from planning.whatif import WhatIf


def what_if_section(plan: Plan, some: Sequence[WhatIf]) -> Section | None:
    """None where there is no plan to change."""
    if not some:
        return None
    now = plan.estimated_monthly_usd
    return Section(
        slug="what-if",
        title="What if",
        words=("One thing changed at a time, each planned again with the same rules.",),
        tables=(
            Table(
                columns=columns(
                    "change",
                    "what to write",
                    "where",
                    "fits",
                    "$/month>",
                    "against now>",
                    "KV tokens a replica>",
                    "between tokens>",
                ),
                rows=tuple(_row(one, now) for one in some),
            ),
        ),
    )


def _row(one: WhatIf, now: float | None) -> tuple[str, ...]:
    cost = month(one.monthly_usd)
    if one.monthly_usd is None and one.unpriced:
        cost = f"unpriced: {one.unpriced}"
    return (
        one.change,
        one.setting,
        one.place,
        "yes" if one.fits else f"no: {one.why_not}",
        cost,
        _difference(one, now),
        f"{one.kv_cache_tokens:,}" if one.kv_cache_tokens is not None else "-",
        spread(one.itl_ms, "ms", 1, "-"),
    )


def _difference(one: WhatIf, now: float | None) -> str:
    """Of the most replicas, as the plan's estimate is."""
    if one.monthly_usd is None or now is None:
        return "-"
    more = one.monthly_usd[1] - now
    if abs(more) < 0.005:
        return "same"
    return f"{'+' if more > 0 else '-'}{dollars(abs(more))}"
