"""CPU time that one request and one streamed token cost the serving process, without a model."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial

from benchmarks.context import Context
from benchmarks.machine import versions
from benchmarks.ours import READY, our_http_layer, our_paced_server
from benchmarks.proc import cpu_seconds
from benchmarks.processes import Server, serving
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave
from benchmarks.streams import run_streams

ROUNDS = 5
STREAMS = 32
WAVES = 4
TOKENS = 512
PACED_TOKENS = 64
PACE = 50.0
UNITS = {"CPU per token": "µs", "CPU per request": "µs"}


def run(context: Context) -> Measurement:
    with ExitStack() as stack:
        start = stack.enter_context
        servers: dict[str, tuple[Server, Callable[[Server], Figures]]] = {
            "fastapi, ready": (start(_peer(context, "http_fastapi", None)), _ready),
            "raw asgi, ready": (start(_peer(context, "http_raw_asgi", None)), _ready),
            "ours, ready": (start(our_http_layer(context, STREAMS)), _ready),
            "fastapi, paced": (start(_peer(context, "http_fastapi", PACE)), _paced),
            "raw asgi, paced": (start(_peer(context, "http_raw_asgi", PACE)), _paced),
            "ours, paced": (start(our_paced_server(context, PACE, STREAMS)), _paced),
        }
        variants = {name: partial(figures, server) for name, (server, figures) in servers.items()}
        series = interleave(variants, context.rounds or ROUNDS, UNITS, context.progress)
    return Measurement(
        setup={
            "Load": f"streamed /v1/chat/completions, {STREAMS} at once over a unix socket, "
            "one connection each",
            "Ready": f"all tokens at hand at once; {WAVES} waves of 1 token (per request), then of "
            f"{TOKENS} tokens (per token: the difference of the two)",
            "Paced": f"{PACE:g} tokens/s on each stream, {PACED_TOKENS} tokens",
            "CPU": "user + system time of the whole serving process, its token source included: "
            "an async generator (peers), an engine thread with all tokens at hand (ours, ready), "
            "the real scheduler over a paced source (ours, paced)",
        },
        versions=versions("fastapi", "uvicorn", "uvloop", "httptools"),
        series=series,
        outcomes=(
            _against_fastapi("token-ready", "ready CPU per token"),
            _against_fastapi("token-paced", "paced CPU per token"),
            _against_fastapi("request", "ready CPU per request"),
        ),
    )


def _peer(context: Context, module: str, rate: float | None) -> AbstractContextManager[Server]:
    name = f"{module}-{'paced' if rate else 'ready'}"
    uds = context.work / f"{name}.sock"
    command = [sys.executable, "-m", f"benchmarks.peers.{module}", "--uds", str(uds)]
    command += ["--pace", str(1 / rate if rate else 0)]
    return serving(command, uds, context.work / f"{name}.log", ready=READY)


def _ready(server: Server) -> Figures:
    requests = STREAMS * WAVES
    short = sum(_wave(server, 1) for _ in range(WAVES))
    long = sum(_wave(server, TOKENS) for _ in range(WAVES))
    return {
        "CPU per request": short / requests * 1e6,
        "CPU per token": (long - short) / (requests * (TOKENS - 1)) * 1e6,
    }


def _paced(server: Server) -> Figures:
    short, long = _wave(server, 1), _wave(server, PACED_TOKENS)
    return {"CPU per token": (long - short) / (STREAMS * (PACED_TOKENS - 1)) * 1e6}


def _wave(server: Server, tokens: int) -> float:
    """CPU seconds of the server while it answers STREAMS requests of `tokens` tokens."""
    body: dict[str, object] = {
        "model": "bench",
        "messages": [{"role": "user", "content": "Say some words."}],
        "max_tokens": tokens,
        "stream": True,
        "temperature": 0,
    }
    before = cpu_seconds(server.pid)
    streams = run_streams(server.uds, "/v1/chat/completions", [body] * STREAMS)
    spent = cpu_seconds(server.pid) - before
    for stream in streams:
        stream.events()  # raises if the stream is not whole
    return spent


def _against_fastapi(goal: str, figure: str) -> Outcome:
    return Outcome(goal=goal, ours=f"ours, {figure}", peer=f"fastapi, {figure}")
