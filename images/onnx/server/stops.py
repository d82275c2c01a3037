"""Ending an answer at a stop string, which itself is never shown."""

from __future__ import annotations


class StopFilter:
    """Passes text on, holding back an end that may be the beginning of a stop string."""

    def __init__(self, stops: tuple[str, ...]):
        self._stops = stops
        self._held: str = ""
        self.matched = False

    def push(self, text: str) -> str:
        """The part of the text that is safe to show; sets `matched` at a stop string.

        The earliest match wins; what follows it is dropped.
        """
        if not self._stops:
            return text
        text = self._held + text
        starts = [at for at in (text.find(stop) for stop in self._stops) if at >= 0]
        if starts:
            self.matched = True
            self._held = ""
            return text[: min(starts)]
        keep = max(_overlap(text, stop) for stop in self._stops)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def flush(self) -> str:
        """What was held back, once no more text can come."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that is a proper beginning of `stop`."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
