"""What was looked at: dollars against speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from planning.choice import Candidate
from planning.page.table import Picture, Section, Table, columns
from planning.placed import Placed
from planning.report.pictures.frontier import Point, frontier
from planning.report.placed_build import shown_candidates
from planning.report.wording import month, spread
from planning.throughput import Range

_MOST_POINTS = 16
_COLUMNS = columns(
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
)
Figure = Callable[[Candidate], Range | None]


def candidates_section(placed: Placed) -> Section | None:
    """None where nothing could be tried."""
    shown = _shown(placed)
    if not shown:
        return None
    said, figure, limit = _axis(placed, shown)
    marked = {id(one): str(number) for number, one in enumerate(shown, start=1)}
    rows = tuple(_row(one, marked[id(one)], one is placed.chosen) for one in shown)
    words = [
        "Of each kind and number of GPUs the best that fits, then of each GPU the best that does "
        "not."
    ]
    picture = None
    fitting = [one for one in shown if one.fits]
    priced = [one for one in fitting if one.monthly_usd]
    if not any(figure(one) for one in priced or fitting):
        words.append("No picture: nothing that fits has a prediction of its speed.")
    else:
        picture = _picture(priced or fitting, placed.chosen, marked, said, figure, limit)
    return Section(
        slug="candidates",
        title="What was looked at",
        words=tuple(words),
        picture=picture,
        tables=(Table(columns=_COLUMNS, rows=rows), *_why_not(shown)),
    )


def _why_not(shown: Sequence[Candidate]) -> tuple[Table, ...]:
    rows = tuple(
        (one.place, one.quantization, f"{one.problems[0].got} [{one.problems[0].code}]")
        for one in shown
        if not one.fits
    )
    if not rows:
        return ()
    heads = columns("where", "weights", "the gravest that stands against it")
    return (Table(title="What does not fit", columns=heads, rows=rows),)


def _shown(placed: Placed) -> list[Candidate]:
    """The chosen one and the best of each kind that fits; then what does not fit."""
    by_kind: dict[tuple[object, ...], Candidate] = {}
    if placed.chosen is not None and placed.chosen.fits:
        by_kind[_kind(placed.chosen)] = placed.chosen
    for one in placed.choice.candidates:
        if one.fits:
            by_kind.setdefault(_kind(one), one)
    fitting = list(by_kind.values())[:_MOST_POINTS]
    return [*fitting, *(one for one in shown_candidates(placed) if not one.fits)]


def _kind(one: Candidate) -> tuple[object, ...]:
    """GPUs of a replica; and how weights are stored, where that is known to make it faster."""
    hardware = (one.gpu, one.gpus_per_replica, one.nodes_per_replica)
    seen = one.performance
    predicted = seen.itl_ms or seen.ttft_ms
    return (*hardware, one.engine, one.quantization, one.kv_bits) if predicted else hardware


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
    some: Sequence[Candidate],
    chosen: Candidate | None,
    marked: dict[int, str],
    said: str,
    figure: Figure,
    limit: float | None,
) -> Picture:
    points = tuple(
        Point(
            mark=marked[id(one)],
            label=f"{marked[id(one)]}: {one.place}, {month(_month(one))} a month, "
            f"{spread(figure(one), 'ms', 1)}",
            cost=_cost(one),
            milliseconds=figure(one),
            chosen=one is chosen,
        )
        for one in some
    )
    across = "$ a month" if some[0].monthly_usd else "GPUs of all replicas (unpriced)"
    title = f"{across} against {said}"
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
        draw=partial(_draw, points, limit, (across, said), title, described),
    )


def _draw(
    points: tuple[Point, ...],
    limit: float | None,
    axes: tuple[str, str],
    title: str,
    described: str,
    width: int,
    prefix: str,
) -> str:
    return frontier(points, limit, axes, width, prefix, title, described)


def _row(one: Candidate, number: str, chosen: bool) -> tuple[str, ...]:
    verdict = one.standing or "fits"
    if not one.fits:
        verdict = one.problems[0].code
    dollars = one.usd_per_million_output_tokens
    return (
        number,
        one.place,
        f"{one.engine_version}, {one.quantization}, {one.kv_bits} bits",
        str(one.gpus_per_replica),
        str(one.replicas[0]),
        month(_month(one)),
        spread(one.performance.itl_ms, "ms", 1, "-"),
        spread(one.performance.ttft_ms, "ms", 0, "-"),
        f"{dollars.expected:.2f}" if dollars else "-",
        f"chosen: {verdict}" if chosen else verdict,
    )


def _cost(one: Candidate) -> float:
    """Dollars a month at the fewest replicas; unpriced: GPUs."""
    if one.monthly_usd:
        return float(one.monthly_usd[0])
    return float(one.replicas[0] * one.gpus_per_replica)


def _month(one: Candidate) -> tuple[float, float] | None:
    """At the fewest replicas."""
    return (float(one.monthly_usd[0]), float(one.monthly_usd[0])) if one.monthly_usd else None
