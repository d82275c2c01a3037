"""Secrets taken out of text that others wrote: the API's answers and the container's log."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, quote_plus

HIDDEN: Final = "***"
_SHORTEST: Final = 4
"""Shorter values would black out half of every text, and are no secrets."""


_HEAD: Final = 2000
_TAIL: Final = 4000


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """`text` without any of `secrets`, in the encodings that programs print them in.

    Cut only afterwards: a secret that was cut in two is found no more.
    """
    spellings = {
        spelling
        for secret in secrets
        if len(secret) >= _SHORTEST
        for spelling in _spellings(secret)
    }
    if not spellings:
        return text
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), HIDDEN, text, flags=re.IGNORECASE)


def shortened(text: str) -> str:
    """At most some screens of text: its beginning, which names the failure, and its end."""
    if len(text) <= _HEAD + _TAIL:
        return text
    return f"{text[:_HEAD]}\n…\n{text[-_TAIL:]}"


def _spellings(secret: str) -> set[str]:
    data = secret.encode()
    return {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        html.escape(secret),
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        data.hex(),
        base64.b64encode(data).decode(),
        base64.urlsafe_b64encode(data).decode(),
        *_base64(data),
    }


def _base64(data: bytes) -> set[str]:
    """Every way in which the bytes can show inside a longer base64 text: three alignments."""
    found: set[str] = set()
    for skip in range(3):
        encoded = base64.b64encode(bytes(skip) + data).decode()
        # Characters that also hold bits of a neighbour are left out.
        start = (0, 2, 3)[skip]
        end = len(encoded.rstrip("=")) - (1 if (skip + len(data)) % 3 else 0)
        inner = encoded[start:end]
        found |= {inner, inner.replace("+", "-").replace("/", "_")}
    return {each for each in found if len(each) >= _SHORTEST}
