"""One request and what came back. Times are seconds of `time.perf_counter()`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Answer:
    """Filled while it comes; counted when it has ended."""

    due: float
    wanted: int
    """Tokens that were asked for."""
    key: int
    """Index of the API key."""
    sent: float = 0.0
    """When the request was handed to an open connection; 0 where none could be opened."""
    ended: float = 0.0
    pieces: list[tuple[float, bytes]] = field(default_factory=list[tuple[float, bytes]])
    """Parts of the body as they came; dropped when counted."""
    stamps: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    """When text came, and how many tokens it was."""
    tokens: int = 0
    """Of the answer: the server's own count where it gives one."""
    prompt_tokens: int | None = None
    """The server's count."""
    id: str | None = None
    """The server's name of it, which its log may have too."""
    status: int | None = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None and bool(self.stamps)

    @property
    def lag(self) -> float:
        """From when it was due to when it was sent: what this client, or connecting, took."""
        return self.sent - self.due

    @property
    def ttft(self) -> float:
        """From sent to first token."""
        return self.stamps[0][0] - self.sent

    @property
    def e2e(self) -> float:
        """From sent to last token."""
        return self.stamps[-1][0] - self.sent

    @property
    def mean_gap(self) -> float | None:
        """From first to last token, for each token after the first; None where there is one."""
        first, last = self.stamps[0], self.stamps[-1]
        later = self.tokens - first[1]
        return (last[0] - first[0]) / later if later > 0 else None
