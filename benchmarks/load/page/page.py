"""The document of a run to a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks.load.figures.result import LAG_LIMIT_MS
from benchmarks.load.page.pictures import Dot, Named, over_the_run, shares
from planning.page.page import Page
from planning.page.table import Picture, Section, Table, columns

_SPREAD = columns("", "mean>", "p50>", "p90>", "p95>", "p99>", "largest>")
_TIMES = {
    "ttftMs": "to the first token, ms",
    "itlMs": "between tokens, ms",
    "meanGapMs": "between tokens, mean of an answer, ms",
    "e2eMs": "whole answer, ms",
}


def page_of(document: dict[str, Any]) -> Page:
    """Everything from the document, so that a kept one gives the same page again."""
    remarks = list(_remarks(document))
    answered = document["requests"]["answered"]
    return Page(
        title=f"Load on {document['model']}",
        eyebrow=f"{document['url']} · {document['date']}",
        verdict="refused" if not answered else "warned" if remarks else "good",
        judgement=_judgement(answered, remarks),
        sentence=" ".join(remarks) or document["load"],
        figures=tuple(_figures(document)),
        sections=tuple(_sections(document)),
        footer=f"Made by: {document['command']}",
    )


def _judgement(answered: int, remarks: list[str]) -> str:
    if not answered:
        return "Nothing was answered"
    return "Measured, with remarks" if remarks else "Measured"


def _remarks(document: dict[str, Any]) -> Iterator[str]:
    requests, client = document["requests"], document["client"]
    if requests["failed"]:
        yield f"{requests['failed']} of {requests['due']} requests failed."
    if document["shortAnswers"]:
        yield f"{document['shortAnswers']} answers had fewer tokens than were asked for."
    lag = client["lagMs"].get("p99", 0)
    if lag > LAG_LIMIT_MS:
        yield f"1 % of the requests were sent {_short(lag)} ms late or later, not as planned."
    if (document["tokensPerEvent"] or 1) > 1.01:
        yield (
            f"An event had {document['tokensPerEvent']:g} tokens on average: gaps are between "
            "events where the server does not count with each."
        )


def _figures(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    good, slo = document["goodput"], document["slo"]
    kept = f"within {slo['ttftMs']:g} ms and {slo['itlMs']:g} ms a token"
    yield "Goodput", f"{_short(good['perSecond'])}/s", f"{100 * good['share']:.1f} % {kept}"
    requests = document["requests"]
    yield (
        "Requests",
        f"{_short(requests['perSecond'])}/s",
        f"{requests['due']} due, {document['load']}",
    )
    for name, title in (("ttftMs", "First token"), ("itlMs", "Between tokens")):
        if found := document[name]:
            within = f"half of them; 99 % within {_short(found['p99'])} ms"
            yield title, f"{_short(found['p50'])} ms", within
    rate = document["outputTokensPerSecond"]
    yield "Tokens", f"{_short(rate)}/s", f"of answers, over {document['seconds']:g} s"


def _sections(document: dict[str, Any]) -> Iterator[Section]:
    rows = document["rows"]
    if rows:
        yield Section(slug="run", title="Over the run", picture=_run_picture(document))
    slo = document["slo"]
    for name, slug, title, limit in (
        ("ttftMs", "first", "Time to the first token", slo["ttftMs"]),
        ("itlMs", "gaps", "Between tokens", slo["itlMs"]),
        ("e2eMs", "whole", "Whole answers", None),
    ):
        if quantiles := document["quantiles"][name]:
            half, most = (_short(document[name][share]) for share in ("p50", "p99"))
            named = Named(title=title, description=f"Half within {half} ms, 99 % in {most} ms.")
            yield Section(
                slug=slug,
                title=title,
                picture=_picture(named, limit, partial(shares, quantiles, limit, named=named)),
            )
    yield Section(slug="figures", title="Figures", tables=tuple(_tables(document)))


def _run_picture(document: dict[str, Any]) -> Picture:
    limit = document["slo"]["ttftMs"]
    dots = [Dot(seconds=r["dueSeconds"], milliseconds=r.get("ttftMs"), in_time=r["inTime"])
            for r in document["rows"]]  # fmt: skip
    good = document["goodput"]
    named = Named(
        title="Time to the first token over the run",
        description=f"{good['inTime']} of {len(dots)} answers came in time.",
    )
    legend = (
        ("dot chosen", "in time"),
        ("dot", "late, at the first token or between tokens"),
        ("dot unseen", "failed"),
        ("limit", f"limit for the first token, {limit:g} ms"),
    )
    draw = partial(over_the_run, dots, limit, named=named)
    return Picture(title=named.title, description=named.description, legend=legend, draw=draw)


def _picture(named: Named, limit: float | None, draw: Any) -> Picture:
    legend = [("frontier", "share of them that took at most so long")]
    if limit:
        legend.append(("limit", f"limit, {limit:g} ms"))
    return Picture(
        title=named.title, description=named.description, legend=tuple(legend), draw=draw
    )


def _tables(document: dict[str, Any]) -> Iterator[Table]:
    spreads = {
        **{title: document[name] for name, title in _TIMES.items()},
        "tokens of an answer": document["outputTokens"],
        "tokens of a prompt, counted by the server": document["promptTokens"],
        "sent after it was due, ms": document["client"]["lagMs"],
    }
    yield Table(
        columns=_SPREAD,
        rows=tuple(
            (title, *(_short(value) for value in found.values()))
            for title, found in spreads.items()
            if found
        ),
    )
    yield Table(
        title="By API key",
        columns=columns("key", "due>", "answered>", "refused (429)>", "first token p50, ms>"),
        rows=tuple(
            (
                key["name"],
                *(f"{key[name]}" for name in ("due", "answered", "refused")),
                _short(key["ttftMs"]["p50"]) if key["ttftMs"] else "",
            )
            for key in document["keys"]
        ),
    )
    if failures := document["failures"]:
        yield Table(
            title="Failures",
            columns=columns("what", "requests>"),
            rows=tuple((reason, str(count)) for reason, count in failures.items()),
        )


def _short(value: float) -> str:
    """Three digits that say something, or the whole number."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
