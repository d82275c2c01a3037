"""Answers and stream events as bytes, the parts that never change encoded once per request."""

from __future__ import annotations

import json
from typing import Any, Literal

Kind = Literal["chat", "text"]

DONE = b"data: [DONE]\n\n"

_MARK = "\0"
_quote = json.encoder.encode_basestring_ascii
_compact = json.JSONEncoder(separators=(",", ":")).encode


def usage(prompt_tokens: int, completion_tokens: int) -> dict[str, int]:
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt_tokens + completion_tokens,
    }


class AnswerEncoder:
    """Bytes of one answer, whole or as server-sent events."""

    def __init__(self, kind: Kind, *, answer_id: str, created: int, model: str, with_usage: bool):
        """`with_usage`: `stream_options.include_usage`; other events then carry a null usage."""
        self._is_chat = kind == "chat"
        self._identity = {"id": answer_id, "created": created, "model": model}
        self._null_usage = {"usage": None} if with_usage else {}
        self._before, self._after = self._event(self._part(_MARK)).split(_quote(_MARK).encode())

    def opening(self) -> bytes:
        """The event that names the role; empty for plain completions."""
        return (
            self._event({"delta": {"role": "assistant", "content": ""}}) if self._is_chat else b""
        )

    def delta(self, text: str) -> bytes:
        return self._before + _quote(text).encode() + self._after

    def finish(self, reason: str) -> bytes:
        return self._event({"delta": {}} if self._is_chat else {"text": ""}, reason)

    def usage_event(self, used: dict[str, int]) -> bytes:
        name = "chat.completion.chunk" if self._is_chat else "text_completion"
        return _data({**self._identity, "object": name, "choices": [], "usage": used})

    def whole(self, text: str, reason: str, used: dict[str, int]) -> bytes:
        message = {"message": {"role": "assistant", "content": text}}
        choice = _choice(message if self._is_chat else {"text": text}, reason)
        name = "chat.completion" if self._is_chat else "text_completion"
        answer = {**self._identity, "object": name, "choices": [choice], "usage": used}
        return _compact(answer).encode()

    def _part(self, text: str) -> dict[str, Any]:
        return {"delta": {"content": text}} if self._is_chat else {"text": text}

    def _event(self, part: dict[str, Any], reason: str | None = None) -> bytes:
        name = "chat.completion.chunk" if self._is_chat else "text_completion"
        choices = [_choice(part, reason)]
        return _data({**self._identity, "object": name, "choices": choices, **self._null_usage})


def error_event(body: dict[str, Any]) -> bytes:
    """An error in the middle of a stream; OpenAI clients raise it."""
    return _data(body)


def _choice(part: dict[str, Any], reason: str | None) -> dict[str, Any]:
    return {"index": 0, **part, "logprobs": None, "finish_reason": reason}


def _data(value: dict[str, Any]) -> bytes:
    return f"data: {_compact(value)}\n\n".encode()
