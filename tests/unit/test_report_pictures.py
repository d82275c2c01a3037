"""Pictures are well-formed whatever the words in them, and stay inside their frame."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as some

from planning.coldstart.value import Seconds
from planning.cost.report.document import Range as CostRange
from planning.cost.report.page.bars import Bar, range_bars
from planning.page.svg import log_ticks, ticks
from planning.report.pictures.frontier import Point, frontier, on_frontier
from planning.report.pictures.memory import MemoryBar, memory_bars
from planning.report.pictures.waterfall import Step, waterfall
from planning.throughput import Range

SVG = "{http://www.w3.org/2000/svg}"
WORDS = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)
BYTES = some.integers(1, 1 << 40)
MILLISECONDS = some.floats(0.1, 10_000)
WIDTHS = some.sampled_from([300, 860])


@some.composite
def bars(draw: some.DrawFn) -> MemoryBar:
    parts = [("weights", draw(BYTES)), ("step", draw(BYTES)), ("kv", draw(BYTES))]
    usable = sum(size for _, size in parts)
    return MemoryBar(
        label=draw(WORDS),
        note=draw(WORDS),
        parts=tuple(parts),
        usable=usable,
        visible=usable + draw(BYTES),
        missing=draw(some.one_of(some.just(0), BYTES)),
    )


@some.composite
def ranges(draw: some.DrawFn) -> Range:
    low, expected, high = sorted(draw(MILLISECONDS) for _ in range(3))
    return Range(low=low, expected=expected, high=high)


POINTS = some.lists(
    some.builds(
        Point,
        mark=some.integers(1, 99).map(str),
        label=WORDS,
        cost=some.floats(1, 1e6),
        milliseconds=some.one_of(some.none(), ranges()),
    ),
    min_size=1,
    max_size=20,
).filter(lambda points: any(point.milliseconds for point in points))


@given(some.lists(bars(), min_size=1, max_size=5), WIDTHS, WORDS)
def test_memory_bars_lie_in_the_frame(bars: list[MemoryBar], width: int, words: str) -> None:
    root = _read(memory_bars(bars, width, "memory", words, words), words)
    assert _right_end(root) <= width
    assert len(root.findall(f"{SVG}rect[@class='part weights']")) == len(bars)
    missing = sum(bool(bar.missing) for bar in bars)
    assert len(root.findall(f"{SVG}rect[@class='missing']")) == missing


@some.composite
def months(draw: some.DrawFn) -> CostRange | None:
    low, expected, high = sorted(draw(some.floats(0, 1e7)) for _ in range(3))
    known = CostRange(min=low, expected=expected, max=high)
    unknown = CostRange(min=None, expected=None, max=high)
    return draw(some.sampled_from([None, known, unknown]))


MONTHS = some.builds(Bar, label=WORDS, note=some.just("$1 to $2"), before=months(), after=months())


@given(some.lists(MONTHS, min_size=1, max_size=9), some.floats(0, 1e7), WIDTHS, WORDS)
def test_bars_of_dollars_lie_in_the_frame(
    bars: list[Bar], limit: float, width: int, words: str
) -> None:
    root = _read(range_bars(bars, width, "cost", words, words, limit), words)
    assert _right_end(root) <= width
    least_unknown = sum(bool(b.after and b.after.max and b.after.min is None) for b in bars)
    assert len(root.findall(f"{SVG}rect[@class='missing']")) == least_unknown


@given(POINTS, some.one_of(some.none(), MILLISECONDS), WIDTHS, WORDS)
def test_every_candidate_is_a_mark_in_the_frame(
    points: list[Point], limit: float | None, width: int, words: str
) -> None:
    axes = ("$ a month", words)
    root = _read(frontier(points, limit, axes, width, "frontier", words, words), words)
    marks = root.findall(f"{SVG}g/{SVG}circle")
    assert len(marks) == len(points)
    height = float(root.get("height", ""))
    for mark in marks:
        assert 0 <= float(mark.get("cx", "")) <= width
        assert 0 <= float(mark.get("cy", "")) <= height


@given(POINTS)
def test_no_candidate_beats_one_on_the_frontier(points: list[Point]) -> None:
    best = on_frontier(points)
    assert best
    for one in best:
        assert one.milliseconds is not None
        assert not any(
            other.milliseconds is not None
            and other.cost <= one.cost
            and other.milliseconds.expected < one.milliseconds.expected
            for other in points
        )


@given(
    some.lists(
        some.builds(
            Step,
            name=WORDS,
            seconds=some.one_of(
                some.none(),
                some.lists(some.floats(0, 1e4), min_size=3, max_size=3).map(
                    lambda ends: Seconds(
                        low=sorted(ends)[0], expected=sorted(ends)[1], high=sorted(ends)[2]
                    )
                ),
            ),
        ),
        min_size=1,
        max_size=9,
    ),
    some.floats(1, 1e5),
    WIDTHS,
    WORDS,
)
def test_stages_follow_each_other_in_the_frame(
    steps: list[Step], waited: float, width: int, words: str
) -> None:
    root = _read(waterfall(steps, waited, width, "start", words, words), words)
    assert _right_end(root) <= width
    unknown = root.findall(f"{SVG}rect[@class='missing']")
    assert len(unknown) == sum(step.seconds is None for step in steps)
    assert all(rect.get("fill") == "url(#start-hatch)" for rect in unknown)


@given(some.floats(1e-6, 1e12), some.integers(3, 10))
def test_ticks_are_round_and_reach_no_further(most: float, count: int) -> None:
    found = ticks(most, count)
    assert found[0] == 0
    assert found[-1] <= most * (1 + 1e-6)
    assert 2 <= len(found) <= count + 1


def test_logarithmic_ticks_are_those_of_a_slide_rule() -> None:
    assert log_ticks(3, 60) == [5, 10, 20, 50]


def _read(svg: str, words: str) -> ElementTree.Element:
    """Well-formed, and named for who cannot see it."""
    root = ElementTree.fromstring(svg)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and desc is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (title.text or "").split() == words.split()
    return root


def _right_end(root: ElementTree.Element) -> float:
    rects = root.findall(f"{SVG}rect")
    ends = (float(rect.get("x", "")) + float(rect.get("width", "")) for rect in rects)
    return max(ends, default=0.0)
