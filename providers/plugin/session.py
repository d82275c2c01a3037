"""What an operation needs from its caller: a place to report to and a way to be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from providers.plugin.values import Values

_POLL_SECONDS = 0.1
_REPORT_SECONDS = 2.0


Reporter = Callable[[str, str, bool], None]
"""(urn, line, whether it stays in the output)."""


class OperationError(Exception):
    """An operation failed; the message is written for the person who ran `pulumi`."""


class PartlyDoneError(OperationError):
    """A resource exists, but is not as declared; the engine keeps it and tries again."""

    def __init__(self, identifier: str, state: Values, reason: str) -> None:
        super().__init__(reason)
        self.identifier = identifier
        self.state = state


@dataclass
class Session:
    """One operation on one resource."""

    report: Callable[[str], None]
    """Shows one line beside the resource while the operation runs."""
    keep: Callable[[str], None]
    """Shows one line that stays in the output after the operation."""
    cancelled: threading.Event = field(default_factory=threading.Event)

    @staticmethod
    def of(urn: str, report: Reporter, cancelled: threading.Event) -> Session:
        """A session that reports beside the resource `urn`."""
        return Session(
            report=lambda line: report(urn, line, False),
            keep=lambda line: report(urn, line, True),
            cancelled=cancelled,
        )

    def wait(
        self, condition: Callable[[], bool], *, seconds: float, what: str, tell: bool = True
    ) -> None:
        """Return once `condition` holds; `tell` reports the wait itself every two seconds.

        Raises OperationError after `seconds`, or when the person interrupted the run.
        """
        start = time.monotonic()
        reported = start
        while not condition():
            now = time.monotonic()
            if self.cancelled.is_set():
                raise OperationError(f"interrupted while waiting for {what}")
            if now - start > seconds:
                raise OperationError(f"gave up waiting for {what} after {seconds:.0f} s")
            if tell and now - reported >= _REPORT_SECONDS:
                self.report(f"waiting for {what} ({now - start:.0f} s)")
                reported = now
            self.cancelled.wait(_POLL_SECONDS)
