"""The document of a replay to a page, and to the tables of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from planning.page.page import Page
from planning.page.table import Picture, Section, Table, columns
from planning.replay.document import FleetPart, ReplayDocument
from planning.replay.pictures import Curve, over_time
from planning.report.wording import dollars, many

_NAMES = {
    "deployed": "as deployed",
    "first-day": "on its first day",
    "static": "fixed",
}


def page_of(document: ReplayDocument) -> Page:
    """The same document gives an equal page."""
    own = document.fleets[0]
    return Page(
        title=f"Replay of {document.trace.file} on {document.stack}",
        eyebrow=f"{document.origin} · {document.model} on {document.place}",
        verdict="good" if own.enough else "warned",
        judgement=verdict_of(document),
        sentence=load_of(document),
        figures=tuple(_figures(own, document)),
        sections=(
            Section(
                slug="fleets",
                title="Against a fixed number of replicas",
                words=("Fixed: the smallest number with which enough requests are in time.",),
                tables=(fleets_table(document), rules_table(document)),
            ),
            Section(slug="time", title="Over time", picture=_picture(document)),
            Section(slug="load", title="Requests", picture=_load_picture(document)),
            Section(slug="assumptions", title="Assumptions", words=document.assumptions),
        ),
        footer="Simulated with the calibrated speed of one replica, not measured on this "
        "deployment (docs/replay.md).",
    )


def verdict_of(document: ReplayDocument) -> str:
    own, limits = document.fleets[0], document.limits
    than = "at least" if own.enough else "less than"
    return f"{own.in_slo:.2%} in time, {than} the {limits.share:.0%} that are asked for"


def load_of(document: ReplayDocument) -> str:
    trace = document.trace
    return (
        f"{many(trace.requests, 'request')} in {trace.seconds / 60:,.0f} minutes: "
        f"{trace.mean_per_second:.3g} a second on average, {trace.busiest_minute_per_second:.3g} "
        f"in the busiest minute; {trace.mean_prompt_tokens:,.0f} prompt tokens and "
        f"{trace.mean_output_tokens:,.0f} of an answer."
    )


def limits_of(document: ReplayDocument) -> str:
    limits = document.limits
    said = [
        f"{words} within {limit:g} ms"
        for words, limit in (
            ("first token", limits.ttft_ms),
            ("mean gap between tokens", limits.itl_ms),
        )
        if limit is not None
    ]
    return " and ".join(said)


def fleets_table(document: ReplayDocument) -> Table:
    """A column for each way to run it."""
    fleets = document.fleets
    lines: dict[str, list[str]] = {
        "in time": [f"{one.in_slo:.2%}" for one in fleets],
        "GPU-hours": [f"{one.gpu_hours:,.2f}" for one in fleets],
        "of the fixed number's": [_times(one) for one in fleets],
        "computing": ["unpriced" if one.usd is None else dollars(one.usd) for one in fleets],
        "refused requests": [f"{one.refused:,.0f}" for one in fleets],
        "replicas on average": [f"{one.mean_replicas:.2f}" for one in fleets],
        "replicas at most": [f"{one.most_replicas}" for one in fleets],
        "longest queue": [f"{one.longest_queue:,.0f}" for one in fleets],
    }
    return Table(
        columns=columns("", *(f"{_NAMES[one.name]}>" for one in fleets)),
        rows=tuple((name, *cells) for name, cells in lines.items()),
    )


def rules_table(document: ReplayDocument) -> Table:
    return Table(
        title="Rules",
        columns=columns("", "replicas"),
        rows=tuple((_NAMES[one.name], one.rules) for one in document.fleets),
    )


def _times(fleet: FleetPart) -> str:
    return "-" if fleet.of_static is None else f"{fleet.of_static:.2f}x"


def _figures(own: FleetPart, document: ReplayDocument) -> Iterator[tuple[str, str, str]]:
    static = next((one for one in document.fleets if one.name == "static"), None)
    yield "In time", f"{own.in_slo:.2%}", limits_of(document)
    against = "no fixed number is enough"
    if static is not None and own.of_static is not None:
        against = f"{own.of_static:.2f}x of {static.rules.split()[0]} fixed replicas"
    yield "GPU-hours", f"{own.gpu_hours:,.2f}", against
    if own.usd is not None:
        yield "Cost", dollars(own.usd), "computing, at list prices"
    yield "Replicas", f"{own.mean_replicas:.2f}", f"on average, {own.most_replicas} at most"
    yield "Queue", f"{own.longest_queue:,.0f}", "requests that waited in engines at once"


def _picture(document: ReplayDocument) -> Picture:
    times = [moment.at_seconds for moment in document.moments]
    curves = (
        Curve(kind="billed", values=[moment.replicas for moment in document.moments]),
        Curve(kind="ready", values=[moment.ready for moment in document.moments]),
    )
    static = next((one for one in document.fleets if one.name == "static"), None)
    fixed = static.mean_replicas if static else None
    own = document.fleets[0]
    title = "Replicas over the trace"
    words = f"Between 0 and {own.most_replicas}, {own.mean_replicas:.2f} on average."
    legend = [("weights", "billed"), ("kv", "ready")]
    if fixed is not None:
        legend.append(("limit", f"smallest fixed number that is enough, {fixed:g}"))
    return Picture(
        title=title,
        description=words,
        legend=tuple(legend),
        draw=partial(over_time, times, curves, "replicas", fixed, title=title, description=words),
    )


def _load_picture(document: ReplayDocument) -> Picture:
    times = [moment.at_seconds for moment in document.moments]
    curves = (
        Curve(kind="billed", values=[moment.in_flight for moment in document.moments]),
        Curve(kind="ready", values=[moment.waiting for moment in document.moments]),
        Curve(kind="late", values=[moment.late for moment in document.moments]),
    )
    title = "Requests over the trace"
    most = max(moment.in_flight for moment in document.moments)
    words = f"At most {most:,.0f} in flight; {sum(m.late for m in document.moments):,.0f} late."
    legend = (
        ("weights", "in flight"),
        ("kv", "waiting in engines"),
        ("late", "late or refused, in that stretch of the trace"),
    )
    return Picture(
        title=title,
        description=words,
        legend=legend,
        draw=partial(over_time, times, curves, "requests", None, title=title, description=words),
    )
