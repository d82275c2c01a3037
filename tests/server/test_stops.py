"""Stop strings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from images.onnx.server.answer import AnswerText
from images.onnx.server.stops import StopFilter

TEXTS = st.lists(st.text("abc", max_size=4), max_size=20)
STOPS = st.lists(st.text("abc", min_size=1, max_size=5), max_size=4).map(tuple)


def first_stop(text: str, stops: tuple[str, ...]) -> int | None:
    return min((at for at in (text.find(stop) for stop in stops) if at >= 0), default=None)


@given(TEXTS, STOPS)
def test_shown_text_ends_where_the_first_complete_stop_string_begins(
    parts: list[str], stops: tuple[str, ...]
) -> None:
    stop_filter = StopFilter(stops)
    shown, fed = "", ""
    for part in parts:
        fed += part
        shown += stop_filter.push(part)
        if stop_filter.matched:
            break
    else:
        shown += stop_filter.flush()
    at = first_stop(fed, stops)
    assert stop_filter.matched == (at is not None)
    assert shown == (fed if at is None else fed[:at])


@given(TEXTS, STOPS)
def test_nothing_of_a_stop_string_is_shown_before_it_is_complete(
    parts: list[str], stops: tuple[str, ...]
) -> None:
    stop_filter = StopFilter(stops)
    whole = "".join(parts)
    at = first_stop(whole, stops)
    shown = ""
    for part in parts:
        shown += stop_filter.push(part)
        assert whole.startswith(shown)
        assert at is None or len(shown) <= at
        if stop_filter.matched:
            return


def test_text_that_cannot_begin_a_stop_string_is_shown_at_once() -> None:
    stop_filter = StopFilter(("END",))
    assert [stop_filter.push(part) for part in ("a", "bE", "x", "EN", "D")] == [
        "a",
        "b",
        "Ex",
        "",
        "",
    ]
    assert stop_filter.matched


def test_a_stop_string_across_token_borders_ends_the_answer() -> None:
    answer = AnswerText(lambda ids: "".join(map(chr, ids)), ("\n\n",))
    assert [answer.push(ord(c)) for c in "hi\n\n"] == ["h", "i", "", ""]
    assert answer.stopped


def test_a_beginning_of_a_stop_string_is_shown_when_the_answer_ends_there() -> None:
    answer = AnswerText(lambda ids: "".join(map(chr, ids)), ("\n\n",))
    assert [answer.push(ord(c)) for c in "hi\n"] == ["h", "i", ""]
    assert answer.flush() == "\n"
    assert not answer.stopped
