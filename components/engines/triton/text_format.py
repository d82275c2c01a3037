"""Protocol buffers' text format, as far as `config.pbtxt` needs it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence


class Word(str):
    """A name of an enumeration: written without quotation marks."""


Scalar = str | int | bool
Message = Mapping[str, "Scalar | Message | Sequence[Scalar | Message] | None"]


def text_format(message: Message) -> str:
    """One field a line; a sequence is a field that repeats, an absent (None) value no field."""
    return "".join(f"{line}\n" for line in _lines(message))


def _lines(message: Message) -> Iterator[str]:
    for name, value in message.items():
        for one in _repeated(value):
            if isinstance(one, Mapping):
                yield f"{name} {{"
                yield from (f"  {line}" for line in _lines(one))
                yield "}"
            else:
                yield f"{name}: {_scalar(one)}"


def _repeated(
    value: Scalar | Message | Sequence[Scalar | Message] | None,
) -> Sequence[Scalar | Message]:
    if value is None:
        return ()
    return [value] if isinstance(value, str | int | Mapping) else value


def _scalar(value: Scalar) -> str:
    if isinstance(value, Word):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    # The escapes of JSON are escapes of the text format too.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
