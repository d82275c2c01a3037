"""A runner that keeps real rows of tokens: a scheduler's mistake shows as a wrong answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

VOCAB_SIZE = 512
END = 0

NextToken = Callable[[list[int]], int]


def counting(row: list[int]) -> int:
    """Each token is the one before it plus one."""
    return row[-1] + 1


class FakeRunner:
    """The next token is a function of all tokens in the row, like a real model's."""

    vocab_size = VOCAB_SIZE

    def __init__(self, rows: int, max_context: int = 256, next_token: NextToken = counting):
        self.rows = rows
        self.max_context = max_context
        self.cache: list[list[int]] = [[] for _ in range(rows)]
        self.steps: list[str] = []
        """One word per call: `prefill` or `decode`."""
        self._next_token = next_token

    def prefill(self, row: int, tokens: Sequence[int], past: int) -> NDArray[np.float32]:
        self.steps.append("prefill")
        self.cache[row] = [*self.cache[row][:past], *tokens]
        return self._logits([row])[0]

    def decode(self, tokens: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        self.steps.append("decode")
        for row, (token, length) in enumerate(zip(tokens, lengths, strict=True)):
            assert length <= self.max_context - 1, "a row grew beyond the context"
            self.cache[row] = [*self.cache[row][:length], int(token)]
        return self._logits(range(len(tokens)))

    def move(self, source: int, target: int, length: int) -> None:
        self.cache[target] = self.cache[source][:length]

    def _logits(self, rows: Sequence[int]) -> NDArray[np.float32]:
        logits = np.zeros((len(rows), VOCAB_SIZE), np.float32)
        for at, row in enumerate(rows):
            logits[at, self._next_token(self.cache[row]) % VOCAB_SIZE] = 1
        return logits


class LetterCodec:
    """Token n reads as one character; token 0 ends an answer."""

    vocab_size = VOCAB_SIZE
    end_ids = frozenset({END})

    def encode_text(self, text: str) -> list[int]:
        return [ord(character) % VOCAB_SIZE for character in text]

    def encode_chat(self, messages: Sequence[dict[str, str]]) -> list[int]:
        return self.encode_text("".join(message["content"] for message in messages))

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(chr(token) for token in ids)
