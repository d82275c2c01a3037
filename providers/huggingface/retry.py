"""Calls made again where that is safe, with pauses that grow and differ."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from providers.huggingface.classify import classified, retry_after
from providers.huggingface.errors import INTERRUPTED, EndpointError
from providers.plugin.session import Session

Result = TypeVar("Result")


_GROWS = 20
"""Looks after which the pause stays the same, whatever it began with."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often and how patiently; seconds."""

    attempts: int = 5
    first_pause: float = 0.5
    longest_pause: float = 30.0
    first_poll: float = 0.25
    longest_poll: float = 5.0

    def pause(self, attempt: int) -> float:
        """Before try `attempt` (2, 3, …): doubling, half of it at random: clients part."""
        whole = min(self.longest_pause, self.first_pause * 2 ** (attempt - 2))
        return whole * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, hides nothing

    def poll(self, count: int) -> float:
        """Before look `count` (1, 2, …) at a changing endpoint."""
        return min(self.longest_poll, self.first_poll * 1.5 ** min(count - 1, _GROWS))


def calling(
    call: Callable[[], Result], *, session: Session, pace: Pace, repeatable: bool, what: str
) -> Result:
    """The call's result. `repeatable` says that doing it twice is the same as doing it once.

    Raises EndpointError; what may pass by itself is tried again first: everything of a repeatable
    call, and of another only what was surely not done.
    """
    for attempt in range(2, pace.attempts + 2):
        try:
            return call()
        except Exception as error:
            failure = classified(error)
            again = failure.kind.passing and (repeatable or failure.kind.safe)
            if not again or attempt > pace.attempts:
                raise failure from None
            seconds = min(retry_after(error) or pace.pause(attempt), pace.longest_pause)
            session.report(f"{what}: {failure.kind.code}, trying again in {seconds:.0f} s")
            rest(seconds, session, what)
    raise AssertionError("a call has at least one attempt")


def rest(seconds: float, session: Session, what: str) -> None:
    """Wait. Raises EndpointError where the person interrupts the run."""
    if session.cancelled.wait(seconds):
        raise EndpointError(INTERRUPTED, what)
