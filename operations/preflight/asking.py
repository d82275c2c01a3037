"""Ask a service once more only where that helps, and say in fixed words why it gave no answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

Reason = Literal[
    "throttled",
    "denied",
    "timeout",
    "no-credentials",
    "network",
    "malformed",
    "server-error",
    "not-known-here",
    "not-installed",
    "unexpected",
]
Answer = TypeVar("Answer")
_AGAIN: tuple[Reason, ...] = ("throttled", "timeout")
_LONGEST_WAIT = 4.0


class NoAnswerError(Exception):
    """A check got no answer to judge. `said` is of our own words, never a server's."""

    def __init__(self, reason: Reason, said: str) -> None:
        self.reason: Reason = reason
        self.said = said
        super().__init__(f"{reason}: {said}")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    total: float = 30.0
    """For everything together."""
    request: float = 5.0
    """For a connection, and for each piece of an answer."""
    first_wait: float = 0.5
    """Upper bound of the random wait before the first repetition; it doubles each time."""
    attempts: int = 4


def ask(
    call: Callable[[], Answer],
    explain: Callable[[Exception], NoAnswerError],
    patience: Patience,
) -> Answer:
    """The call's answer; repeated with jitter where it was throttled or timed out.

    Raises NoAnswerError, as `explain` words it. An error that is an answer, such as "there is
    none", is for `call` to catch.
    """
    for attempt in range(patience.attempts):
        try:
            return call()
        except NoAnswerError:
            raise
        except Exception as error:
            unchecked = explain(error)
            if unchecked.reason not in _AGAIN or attempt + 1 == patience.attempts:
                # Without its cause: a library's text may quote a header.
                raise unchecked from None
        longest = min(patience.first_wait * 2**attempt, _LONGEST_WAIT)
        time.sleep(random.uniform(longest / 4, longest))  # noqa: S311 (spreads load, hides nothing)
    raise AssertionError("a patience without attempts")
