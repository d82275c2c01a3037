"""Server-sent events of OpenAI's API to tokens and their times."""

from __future__ import annotations

import msgspec

from benchmarks.load.client.answer import Answer

_NOTHING = msgspec.Raw()


class _Delta(msgspec.Struct):
    content: str | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta | None = None
    text: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Event(msgspec.Struct):
    id: str | None = None
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: msgspec.Raw = _NOTHING


_decode = msgspec.json.Decoder(_Event).decode


def count(answer: Answer) -> None:
    """Fills the tokens, their stamps and what went wrong from the pieces, and drops those."""
    rest, done, counted = b"", False, 0
    for stamp, piece in answer.pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if not line.startswith(b"data:"):
                continue  # An empty line, or a comment that keeps the connection open.
            data = line[5:].strip()
            if data == b"[DONE]":
                done = True
            else:
                counted = _count(answer, stamp, data, counted)
    answer.pieces.clear()
    if answer.error is None and not done:
        answer.error = "the stream ended before [DONE]"
    if answer.error is None and not answer.stamps:
        answer.error = "an answer without a token"
    # Without the server's count an event is taken for a token.
    answer.tokens = counted or sum(tokens for _, tokens in answer.stamps)


def _count(answer: Answer, stamp: float, data: bytes, counted: int) -> int:
    """The tokens of the answer up to this event by the server's count; 0 while it gave none."""
    try:
        event = _decode(data)
    except msgspec.MsgspecError as error:
        answer.error = answer.error or f"no event of a chat completion: {error}"
        return counted
    if bytes(event.error) not in (b"", b"null"):
        answer.error = answer.error or f"error in the stream: {bytes(event.error)[:200].decode()}"
    answer.id = answer.id or event.id
    now = (event.usage.completion_tokens or 0) if event.usage else 0
    if event.usage:
        answer.prompt_tokens = event.usage.prompt_tokens
    if any(map(_has_text, event.choices)):
        # A server that counts as it goes says how many tokens the text is.
        answer.stamps.append((stamp, max(1, now - counted) if now else 1))
    return now or counted


def _has_text(choice: _Choice) -> bool:
    delta = choice.delta or _Delta()
    return bool(choice.text or delta.content or delta.reasoning_content or delta.reasoning)
