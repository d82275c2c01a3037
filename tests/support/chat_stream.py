"""Events of a chat completion's stream, written by hand so that a test decides when each comes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.support.recording_backend import RecordingBackend

MODELS = json.dumps(
    {"object": "list", "data": [{"id": "smollm2-135m", "object": "model"}]}
).encode()
DONE = b"[DONE]"


def word(text: str) -> bytes:
    """One piece of the answer."""
    return json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}).encode()


def usage(tokens: int) -> bytes:
    """The last event but one: how many tokens the server counted."""
    return json.dumps({"choices": [], "usage": {"completion_tokens": tokens}}).encode()


def tell(backend: RecordingBackend, words: Sequence[str]) -> None:
    """A whole answer, from the first word to the end of the stream; a word is a token."""
    for event in (*map(word, words), usage(len(words)), DONE, None):
        backend.say(event)


def expect_hang_up(backend: RecordingBackend) -> None:
    """Talk on until the backend notices that nobody listens any more."""
    for _ in range(200):
        backend.say(word("."))
        if backend.hung_up.wait(0.05):
            return
    raise AssertionError("the reader of the stream is still there")
