"""Our HTTP layer over an engine that has all tokens of an answer at hand at once.

What is left is the cost of HTTP, validation, admission, metrics and SSE, as in the peers beside it.
Same command line as the server.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Sequence

from images.onnx.server.app import create_app
from images.onnx.server.cli import build_parser, read_settings
from images.onnx.server.engine import Deliver, EngineLoad, EngineState, Output
from images.onnx.server.generation import Generation
from images.onnx.server.serve import serve


class _Words:
    """Ten words."""

    vocab_size = 10
    end_ids: frozenset[int] = frozenset()

    def encode_text(self, text: str) -> list[int]:
        return [0] * len(text.split())

    def encode_chat(self, messages: Sequence[dict[str, str]]) -> list[int]:
        return [0] * sum(len(message["content"].split()) for message in messages)

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(f" w{token}" for token in ids)


class ReadyEngine:
    """Delivers a whole answer, one Output a token, as soon as its request is in."""

    owned_by = "ready-token-source"
    state: EngineState = "ready"
    failure: BaseException | None = None
    codec = _Words()

    def __init__(self) -> None:
        self._requests: queue.SimpleQueue[Generation | None] = queue.SimpleQueue()
        self._deliver: Deliver | None = None

    def start(self) -> None:
        threading.Thread(target=self._run, name="generation", daemon=True).start()

    def connect(self, deliver: Deliver, on_state: Callable[[], None]) -> None:
        self._deliver = deliver
        on_state()

    def submit(self, generation: Generation) -> None:
        self._requests.put(generation)

    def load(self) -> EngineLoad:
        return EngineLoad(waiting=0, running=0, kv_usage=0.0)

    def stalled_seconds(self) -> float:
        return 0.0

    def stop(self) -> None:
        self._requests.put(None)

    def _run(self) -> None:
        while generation := self._requests.get():
            assert self._deliver is not None
            last = generation.max_tokens - 1
            generation.completion_tokens = generation.max_tokens
            self._deliver(
                [
                    Output(generation, f" w{number % 10}", "length" if number == last else None)
                    for number in range(generation.max_tokens)
                ]
            )


def main() -> int:
    settings = read_settings(build_parser("python -m benchmarks.peers.http_ours").parse_args())
    return serve(create_app(ReadyEngine(), settings), settings)


if __name__ == "__main__":
    sys.exit(main())
