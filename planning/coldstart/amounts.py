"""Catalog rows to stages: seconds from bytes and rates, with the numbers in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from planning.catalog.rows import Row
from planning.catalog.rows.start import StartRateRow
from planning.coldstart.value import NOTHING, Seconds, Stage, Where

GB = 10**9


def transfer(
    name: str,
    where: Where,
    size: int,
    row: StartRateRow,
    *,
    share: StartRateRow | None = None,
    reason: str | None = None,
) -> Stage:
    """`size` bytes at the row's rate; only a `share` of that time where another row says so."""
    rate = row.value.gb_per_second
    assert rate is not None, row.id
    amount = size / GB
    seconds = Seconds(
        low=amount / rate.best, expected=amount / rate.expected, high=amount / rate.worst
    )
    span = "" if rate.best == rate.worst else f" ({rate.worst:g} to {rate.best:g})"
    stage = Stage(
        name=name,
        where=where,
        seconds=seconds,
        formula=f"{amount:.2f} GB / {rate.expected:g} GB/s{span}",
        reason=reason,
        source=sources([row]),
    )
    return shared(stage, share)


def fixed(
    name: str,
    where: Where,
    row: StartRateRow,
    reason: str | None = None,
    *,
    share: StartRateRow | None = None,
) -> Stage:
    """The row's own seconds; only a `share` of them where another row says so."""
    spread = row.value.seconds
    assert spread is not None, row.id
    span = f"({spread.best:g} to {spread.worst:g})"
    return shared(
        Stage(
            name=name,
            where=where,
            seconds=Seconds(low=spread.best, expected=spread.expected, high=spread.worst),
            formula=f"{spread.expected:g} s {span}: {row.value.what}",
            reason=reason,
            source=sources([row]),
        ),
        share,
    )


def shared(stage: Stage, share: StartRateRow | None) -> Stage:
    """The stage at the row's share of its time."""
    if share is None or stage.seconds is None:
        return stage
    part = share.value.share
    assert part is not None, share.id
    return replace(
        stage,
        seconds=stage.seconds.times(part.best, part.expected, part.worst),
        formula=f"{part.expected:g} x {stage.formula}",
        source=f"{stage.source}; {sources([share])}",
    )


def both(one: Stage, other: Stage) -> Stage:
    """Two known parts of one stage, one after the other."""
    assert one.seconds is not None and other.seconds is not None
    return replace(
        one,
        seconds=one.seconds + other.seconds,
        formula=f"{one.formula} + {other.formula}",
        source="; ".join(dict.fromkeys((one.source, other.source))),
    )


def unknown(name: str, where: Where, reason: str) -> Stage:
    return Stage(name=name, where=where, seconds=None, formula="", reason=reason)


def saved(name: str, where: Where, formula: str, reason: str | None = None) -> Stage:
    """A stage that takes no time, and why."""
    return Stage(name=name, where=where, seconds=NOTHING, formula=formula, reason=reason)


def sources(rows: Sequence[Row[Any]]) -> str:
    """Each source once; the measured starts of one folder are one source."""
    folder = "benchmarks/results/h100/"
    texts = (folder if row.source.startswith(folder) else row.source for row in rows)
    dates = (row.date for row in rows)
    return "; ".join(
        dict.fromkeys(f"{text} ({date})" for text, date in zip(texts, dates, strict=True))
    )
