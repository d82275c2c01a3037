"""One thing to look up; it may answer several questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from operations.preflight.asking import NoAnswerError
from operations.preflight.report import Finding


@dataclass(frozen=True, kw_only=True)
class Check:
    names: tuple[str, ...]
    """Of its findings."""
    subject: str
    run: Callable[[], tuple[Finding, ...]]
    """May raise NoAnswerError."""

    def unchecked(self, why: NoAnswerError) -> tuple[Finding, ...]:
        """None of its questions has an answer."""
        return tuple(
            Finding(check=name, subject=self.subject, said=why.said, reason=why.reason)
            for name in self.names
        )
