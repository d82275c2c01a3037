"""How a peer that generates text answers: one JSON line for each JSON line. Standard library only,
because peers run in environments of their own."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any

Generate = Callable[[list[str], int], list[list[int]]]
"""Prompts and the number of new tokens -> the new token ids of every prompt."""


def answer_requests(load: Callable[[], Generate], packages: Sequence[str]) -> None:
    """Loads the peer, says hello, then answers `{"prompts": [...], "tokens": n}` until EOF.

    An answer holds the seconds from text in to text out and the new token ids.
    """
    # Libraries print to standard output; the answers go where nothing else can write.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(**fields: Any) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    begun = time.perf_counter()
    generate = load()
    loaded = time.perf_counter() - begun
    answer(versions={name: metadata.version(name) for name in packages}, load_seconds=loaded)
    for line in sys.stdin:
        request = json.loads(line)
        begun = time.perf_counter()
        tokens = generate(request["prompts"], request["tokens"])
        answer(seconds=time.perf_counter() - begun, tokens=tokens)
