"""How many answers a second came in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.client.answer import Answer


@dataclass(frozen=True, kw_only=True)
class Slo:
    """Limits that an answer has to keep, seconds."""

    ttft: float
    """From when the request was due to the first token: a client that falls behind makes goodput
    look worse, never better."""
    itl: float
    """The mean gap between tokens of the answer."""

    def kept(self, answer: Answer) -> bool:
        """Never by an answer that failed or was cut."""
        if not answer.ok:
            return False
        return answer.lag + answer.ttft <= self.ttft and (answer.mean_gap or 0.0) <= self.itl


@dataclass(frozen=True, kw_only=True)
class Goodput:
    in_time: int
    share: float
    """Of all requests that were due, failed ones included."""
    per_second: float


def goodput(answers: Sequence[Answer], slo: Slo, seconds: float) -> Goodput:
    """Of requests that were due within `seconds`."""
    in_time = sum(map(slo.kept, answers))
    return Goodput(
        in_time=in_time,
        share=in_time / len(answers) if answers else 0.0,
        per_second=in_time / seconds,
    )
