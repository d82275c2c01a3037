"""Dollars as text."""

from __future__ import annotations

from planning.cost.report.document import AssumedPart, Range, ResourceCost, Spread, TokensPart


def money(usd: float | None) -> str:
    return "not known" if usd is None else f"{usd:,.2f}"


def change(usd: float | None) -> str:
    if usd is None or usd == 0:
        return money(usd)
    return f"{'+' if usd > 0 else '−'}{abs(usd):,.2f}"


def span(one: ResourceCost) -> str:
    """What it costs, in a few words."""
    figures = one.monthly_usd
    if figures is None:
        return {"free": "free", "usage": "by usage"}.get(one.kind, "no price")
    if figures.min == figures.max:
        return money(figures.max)
    if figures.min is None:
        return f"at most {money(figures.max)}"
    return f"{money(figures.min)} to {money(figures.max)}"


def range_words(figures: Range) -> str:
    if figures.max is None:
        return "not known"
    if figures.min == figures.max:
        return f"${money(figures.max)}"
    if figures.min is None:
        return f"at most ${money(figures.max)}"
    return f"${money(figures.min)} to ${money(figures.max)}"


def bounds(figures: Range) -> tuple[float | None, float | None, float | None]:
    return figures.min, figures.expected, figures.max


def spread(figures: Spread) -> tuple[float, float, float]:
    return figures.low, figures.typical, figures.high


def told(one: AssumedPart) -> str:
    """An amount that changed, as it was and is."""
    was, now = (_amounts(each) for each in (one.was, one.now))
    return f"{was} to {now}"


def token_words(tokens: TokensPart) -> str:
    """In one sentence."""
    if tokens.output is None:
        return f"A million tokens: {tokens.reason}."
    each = [("output", tokens.output), ("input", tokens.input)]
    said = [
        f"{name} ${one.expected:,.2f} (${one.low:,.2f} to ${one.high:,.2f})"
        for name, one in each
        if one is not None
    ]
    beside = f"; {tokens.reason}" if tokens.reason else ""
    return f"A million tokens at the stated traffic: {', or '.join(said)}{beside}."


def _amounts(figures: Spread | None) -> str:
    return "nothing" if figures is None else " / ".join(f"{one:,g}" for one in spread(figures))
