"""Percentiles, gaps and goodput by hand-made answers whose figures can be counted."""

from __future__ import annotations

import pytest

from benchmarks.load.figures.goodput import Goodput, Slo, goodput
from benchmarks.load.figures.result import gaps
from benchmarks.load.figures.spread import quantiles, spread
from tests.support.load_documents import (
    FAILED,
    IN_TIME,
    LATE,
    REFUSED,
    SLO,
    SLOW,
    a_document,
    answer,
)


def test_goodput_counts_answers_that_keep_both_limits_and_failures_as_missed() -> None:
    found = goodput([IN_TIME, LATE, SLOW, FAILED, REFUSED], SLO, seconds=2.0)
    assert found == Goodput(in_time=1, share=0.2, per_second=0.5)


def test_a_client_that_sends_late_makes_goodput_worse_not_better() -> None:
    # Sent 0.8 s after it was due, and answered 0.4 s after that: the user waited 1.2 s.
    assert not SLO.kept(answer((1.2, 1), due=0.0, sent=0.8))
    assert SLO.kept(answer((1.2, 1), due=0.8, sent=0.8))


def test_limits_themselves_are_kept_and_one_token_has_no_gap() -> None:
    assert Slo(ttft=0.5, itl=0.0).kept(answer((0.5, 1)))


def test_tokens_of_one_event_share_its_gap() -> None:
    assert list(gaps(answer((1.0, 1), (1.3, 3), (1.4, 1)))) == pytest.approx([0.1, 0.1, 0.1, 0.1])
    assert answer((1.0, 1), (1.3, 3), (1.4, 1)).mean_gap == pytest.approx(0.1)


def test_percentiles_are_values_that_were_seen() -> None:
    assert spread([float(n) for n in range(1, 101)]) == {
        "mean": 50.5, "p50": 50.0, "p90": 90.0, "p95": 95.0, "p99": 99.0, "max": 100.0,
    }  # fmt: skip
    assert spread([7.0])["p99"] == 7.0
    assert (spread([]), quantiles([])) == ({}, [])
    found = quantiles([3.0, 1.0, 2.0])
    assert (len(found), found[0], found[50], found[100]) == (101, 1.0, 2.0, 3.0)


def test_the_document_counts_what_was_due_answered_refused_and_failed() -> None:
    found = a_document(IN_TIME, LATE, FAILED, REFUSED)
    assert found["requests"] == {"due": 4, "answered": 2, "failed": 2, "perSecond": 2.0}
    assert found["failures"] == {"the connection was lost": 1, "status 429: too many": 1}
    [key] = found["keys"]
    assert (key["due"], key["answered"], key["refused"]) == (4, 2, 1)
    assert found["ttftMs"]["p50"] == 500 and found["ttftMs"]["max"] == 1200
    assert found["outputTokensPerSecond"] == 2.5
    assert found["client"]["cpuMsPerRequest"] == 1.0
    assert [row["inTime"] for row in found["rows"]] == [True, False, False, False]
    assert [row.get("failedMs") for row in found["rows"]] == [None, None, 500, 0]


def test_answers_shorter_than_asked_for_are_counted() -> None:
    assert a_document(answer((0.5, 1), wanted=9))["shortAnswers"] == 1
