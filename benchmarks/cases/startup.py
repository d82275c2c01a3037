"""How soon a server process is ready, and the memory it then holds; the page cache is warm."""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.artefact import served_model
from benchmarks.context import Context
from benchmarks.environments import GENAI, peer_python
from benchmarks.machine import versions
from benchmarks.ours import complete, our_server
from benchmarks.proc import memory_mib
from benchmarks.prompts import PROMPTS
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave
from benchmarks.workers import worker

ROUNDS = 7
TOKENS = 64


def run(context: Context) -> Measurement:
    model_dir = served_model(context)
    threads = len(os.sched_getaffinity(0))
    python = peer_python(GENAI, context.progress)
    series = interleave(
        {
            "ours": lambda: _ours(context, model_dir, threads),
            "bare genai": lambda: _genai(context, python, model_dir, threads),
        },
        context.rounds or ROUNDS,
        {"ready": "s", "rss": "MiB", "rss after load": "MiB"},
        context.progress,
    )
    return Measurement(
        setup={
            "Ready": "from making the process to the first 200 of /health/ready (asked each 5 ms); "
            "bare genai: to its model loaded",
            "Memory": f"resident, after {len(PROMPTS)} streams (ours) or a batch of "
            f"{len(PROMPTS)} (genai) of {TOKENS} tokens; includes mapped weights",
            "Threads": threads,
        },
        versions=versions("onnxruntime", "fastapi", "uvicorn"),
        series=series,
        outcomes=(
            Outcome(goal="ready", ours="ours ready", peer=None),
            Outcome(goal="rss", ours="ours rss", peer=None),
        ),
    )


def _ours(context: Context, model_dir: Path, threads: int) -> Figures:
    with our_server(context, model_dir, threads) as server:
        ready = time.perf_counter() - server.started
        loaded = memory_mib(server.pid)
        complete(server, PROMPTS, TOKENS)
        return {"ready": ready, "rss": memory_mib(server.pid), "rss after load": loaded}


def _genai(context: Context, python: Path, model_dir: Path, threads: int) -> Figures:
    begun = time.perf_counter()
    arguments = [str(model_dir), str(threads)]
    log = context.work / "genai.log"
    with worker(python, "benchmarks.peers.genai", arguments, log) as genai:
        ready = time.perf_counter() - begun
        loaded = memory_mib(genai.pid)
        genai.ask(prompts=PROMPTS, tokens=TOKENS)
        return {"ready": ready, "rss": memory_mib(genai.pid), "rss after load": loaded}
