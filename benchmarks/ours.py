"""Our server as the benchmarks run it: its command, its requests, what its streams must hold."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from benchmarks.context import Context
from benchmarks.processes import Server, serving
from benchmarks.rounds import Figures
from benchmarks.streams import Stream, run_streams

MODEL_NAME = "bench"
CONTEXT_TOKENS = 2048
CONCURRENT = 8
READY = "/health/ready"


def our_server(context: Context, model_dir: Path, threads: int) -> AbstractContextManager[Server]:
    """`python -m images.onnx.server` over `model_dir`, ready, on a unix socket."""
    return _serving(
        context, "images.onnx.server", CONCURRENT, ["--threads", str(threads)], model_dir
    )


def our_paced_server(
    context: Context, tokens_per_second: float, concurrent: int
) -> AbstractContextManager[Server]:
    """The same server and scheduler over a token source with that pace for each stream."""
    pace = ["--threads", "1", "--tokens-per-second", str(tokens_per_second)]
    return _serving(context, "tests.support.paced_server", concurrent, pace)


def our_http_layer(context: Context, concurrent: int) -> AbstractContextManager[Server]:
    """The same HTTP layer over a source that has all tokens of an answer at once."""
    return _serving(context, "benchmarks.peers.http_ours", concurrent, ["--threads", "1"])


def _serving(
    context: Context,
    module: str,
    concurrent: int,
    options: Sequence[str],
    model_dir: Path = Path("none"),
) -> AbstractContextManager[Server]:
    uds, log = (context.work / f"{module}.{kind}" for kind in ("sock", "log"))
    command = [sys.executable, "-m", module, "--model-dir", str(model_dir), "--uds", str(uds)]
    command += ["--model-name", MODEL_NAME, "--max-context", str(CONTEXT_TOKENS)]
    command += ["--max-concurrent", str(concurrent), "--max-queue", "64"]
    command += ["--request-timeout", "120", "--drain", "1", *options]
    return serving(command, uds, log, ready=READY)


def complete(server: Server, prompts: Sequence[str], tokens: int) -> list[Stream]:
    """Greedy streamed completions of all `prompts` at once, `tokens` new tokens each.

    Raises ValueError if a stream breaks or ends with another number of tokens.
    """
    bodies: list[dict[str, object]] = [
        {
            "model": MODEL_NAME,
            "prompt": prompt,
            "max_tokens": tokens,
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True},
            "ignore_eos": True,
        }
        for prompt in prompts
    ]
    streams = run_streams(server.uds, "/v1/completions", bodies)
    for stream in streams:
        made = _usage(stream)["completion_tokens"]
        if made != tokens:
            raise ValueError(f"a stream ended after {made} tokens instead of {tokens}")
    return streams


def stream_rate(server: Server, batches: Sequence[Sequence[str]], tokens: int) -> Figures:
    """Tokens per second over `batches` one after the other, the prompts of each at once."""
    seconds = 0.0
    for batch in batches:
        streams = complete(server, batch, tokens)
        sent = min(stream.sent for stream in streams)
        seconds += max(stream.reads[-1][0] for stream in streams) - sent
    return {"rate": tokens * sum(len(batch) for batch in batches) / seconds}


def text_of(stream: Stream) -> str:
    """The whole text of a streamed completion."""
    choices = [choice for event in stream.events() for choice in _list(event["choices"])]
    return "".join(choice["text"] for choice in choices)


def _usage(stream: Stream) -> dict[str, Any]:
    return next(usage for event in stream.events() if (usage := event.get("usage")))  # type: ignore[return-value]


def _list(value: object) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    return value  # type: ignore[return-value]
