"""Answers made by hand, and the document of a run that consists of them."""

from __future__ import annotations

from typing import Any

from benchmarks.load.client.answer import Answer
from benchmarks.load.figures.goodput import Slo
from benchmarks.load.figures.result import Run, document

SLO = Slo(ttft=1.0, itl=0.1)


def answer(*stamps: tuple[float, int], due: float = 0.0, sent: float = 0.0, **more: Any) -> Answer:
    found = Answer(due=due, wanted=sum(tokens for _, tokens in stamps) or 3, key=0, sent=sent)
    found.stamps, found.ended = list(stamps), stamps[-1][0] if stamps else sent
    found.tokens = sum(tokens for _, tokens in stamps)
    for name, value in more.items():
        setattr(found, name, value)
    return found


IN_TIME = answer((0.5, 1), (0.6, 1), (0.7, 1))
LATE = answer((1.2, 1), (1.3, 1))
SLOW = answer((0.5, 1), (0.8, 1))
FAILED = answer((0.5, 1), error="the connection was lost", status=None)
REFUSED = answer(error="status 429: too many", status=429)


def a_document(*answers: Answer) -> dict[str, Any]:
    about = {
        "url": "http://127.0.0.1:1/v1",
        "model": "<model>",
        "date": "2026-12-01T00:00:00+00:00",
        "command": "python -m benchmarks.load URL",
        "load": "Poisson at 1/s, 3 + 3 tokens",
    }
    return document(
        Run(
            about=about,
            start=0.0,
            seconds=2.0,
            slo=SLO,
            keys=("env:ONE",),
            answers=answers,
            cpu_seconds=0.01,
            sent=10,
        )
    )
