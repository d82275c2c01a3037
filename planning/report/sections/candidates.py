"""What was looked at: dollars against speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from planning.choice import Candidate
from planning.placed import Placed
from planning.report.pictures.frontier import Point, frontier
from planning.report.placed_build import place_text, shown_candidates
from planning.report.table import Picture, Section, Table, columns
from planning.report.wording import month, spread
from planning.throughput import Range

_MOST_POINTS = 24
Figure = Callable[[Candidate], Range | None]


def candidates_section(placed: Placed) -> Section | None:
    """None where nothing could be tried."""
    shown = _shown(placed)
    if not shown:
        return None
    said, figure, limit = _axis(placed, shown)
    marked = {id(one): str(number) for number, one in enumerate(shown, start=1)}
    rows = tuple(_row(one, marked[id(one)], one is placed.chosen) for one in shown)
    words = ["Of each kind of node the best that fits, then of each GPU the best that does not."]
    picture = None
    priced = [one for one in shown if one.fits and one.monthly_usd]
    if not priced:
        words.append("No picture: nothing that fits has a known price.")
    elif not any(figure(one) for one in priced):
        words.append("No picture: nothing that fits and is priced has a prediction of its speed.")
    else:
        picture = _picture(priced, placed.chosen, marked, said, figure, limit)
    return Section(
        slug="candidates",
        title="What was looked at",
        words=tuple(words),
        picture=picture,
        tables=(
            Table(
                columns=columns(
                    "no.>",
                    "where",
                    "engine, weights, KV",
                    "GPUs>",
                    "replicas>",
                    "$/month>",
                    "between tokens>",
                    "first token>",
                    "$/M output>",
                    "verdict",
                ),
                rows=rows,
            ),
        ),
    )


def _shown(placed: Placed) -> list[Candidate]:
    """One a place of those that fit, with the chosen one; then what does not fit."""
    by_place: dict[str, Candidate] = {}
    if placed.chosen is not None and placed.chosen.fits:
        by_place[place_text(placed.chosen)] = placed.chosen
    for one in placed.choice.candidates:
        if one.fits:
            by_place.setdefault(place_text(one), one)
    fitting = list(by_place.values())[:_MOST_POINTS]
    return [*fitting, *(one for one in shown_candidates(placed) if not one.fits)]


def _axis(placed: Placed, shown: Sequence[Candidate]) -> tuple[str, Figure, float | None]:
    """Time between tokens; to the first one where only that is predicted."""
    demand = placed.wanted.demand
    if not any(one.performance.itl_ms for one in shown) and any(
        one.performance.ttft_ms for one in shown
    ):
        return (
            "milliseconds to the first token",
            lambda one: one.performance.ttft_ms,
            demand.ttft_ms if demand else None,
        )
    return (
        "milliseconds between tokens",
        lambda one: one.performance.itl_ms,
        demand.itl_ms if demand else None,
    )


def _picture(
    priced: Sequence[Candidate],
    chosen: Candidate | None,
    marked: dict[int, str],
    said: str,
    figure: Figure,
    limit: float | None,
) -> Picture:
    points = tuple(
        Point(
            mark=marked[id(one)],
            label=f"{marked[id(one)]}: {place_text(one)}, {month(_month(one))} a month, "
            f"{spread(figure(one), 'ms', 1)}",
            monthly_usd=float(one.monthly_usd[0]) if one.monthly_usd else 0.0,
            milliseconds=figure(one),
            chosen=one is chosen,
        )
        for one in priced
    )
    title = f"Dollars a month against {said}"
    described = "; ".join(point.label for point in points)
    legend = [("dot", "fits, predicted, with its interval"), ("dot chosen", "chosen")]
    if any(point.milliseconds is None for point in points):
        legend.append(("dot unseen", "fits, no estimate"))
    if limit:
        legend.append(("limit", "asked for"))
    return Picture(
        title=title,
        description=described,
        legend=(*legend, ("frontier", "nothing is both cheaper and faster")),
        draw=partial(_draw, points, limit, said, title, described),
    )


def _draw(
    points: tuple[Point, ...],
    limit: float | None,
    said: str,
    title: str,
    described: str,
    width: int,
    prefix: str,
) -> str:
    return frontier(points, limit, said, width, prefix, title, described)


def _row(one: Candidate, number: str, chosen: bool) -> tuple[str, ...]:
    verdict = one.standing or "fits"
    if not one.fits:
        verdict = f"{one.problems[0].code}: {one.problems[0].got}"
    dollars = one.usd_per_million_output_tokens
    return (
        number,
        place_text(one),
        f"{one.engine_version}, {one.quantization}, {one.kv_bits} bits",
        str(one.gpus_per_replica),
        str(one.replicas[0]),
        month(_month(one)),
        spread(one.performance.itl_ms, "ms", 1, "-"),
        spread(one.performance.ttft_ms, "ms", 0, "-"),
        f"{dollars.expected:.2f}" if dollars else "-",
        f"chosen: {verdict}" if chosen else verdict,
    )


def _month(one: Candidate) -> tuple[float, float] | None:
    """At the fewest replicas."""
    return (float(one.monthly_usd[0]),) * 2 if one.monthly_usd else None
