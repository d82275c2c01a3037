"""The text of one answer as its tokens come, and when it ends."""

from __future__ import annotations

from .detokenizer import Decode, Detokenizer
from .stops import StopFilter


class AnswerText:
    """Detokenises and applies stop strings."""

    def __init__(self, decode: Decode, stops: tuple[str, ...]):
        self._detokenizer = Detokenizer(decode)
        self._stop_filter = StopFilter(stops)

    def push(self, token: int) -> str:
        return self._stop_filter.push(self._detokenizer.push(token))

    @property
    def stopped(self) -> bool:
        return self._stop_filter.matched

    def flush(self) -> str:
        """The rest when the answer ended by anything but a stop string; may set `stopped`."""
        text = self._stop_filter.push(self._detokenizer.flush())
        return text if self.stopped else text + self._stop_filter.flush()
