"""Token ids to text, one token at a time, whole characters only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_INCOMPLETE = "\ufffd"

Decode = Callable[[Sequence[int]], str]


class Detokenizer:
    """Incremental decoding: the deltas joined are the full decode of all tokens.

    A token may hold a part of a multi-byte character, and its text may depend on the token
    before it. So a short window is decoded: the tokens of the last delta, whose text is known,
    and those since. What the window's text has beyond the known part is the next delta.
    """

    def __init__(self, decode: Decode):
        self._decode = decode
        self._window: list[int] = []
        self._shown = 0
        """Tokens at the window's start that were shown already."""
        self._known = ""
        """Their text."""

    def push(self, token: int) -> str:
        """The text that this token completes; empty while a character is incomplete."""
        self._window.append(token)
        text = self._decode(self._window)
        if text.endswith(_INCOMPLETE) or len(text) <= len(self._known):
            return ""
        delta = text[len(self._known) :]
        del self._window[: self._shown]
        self._shown = len(self._window)
        self._known = self._decode(self._window)
        return delta

    def flush(self) -> str:
        """What is left at the end: an incomplete character shows as U+FFFD."""
        return self._decode(self._window)[len(self._known) :]
