"""Our int4 server against transformers in bf16: what a first Python script would give instead."""

from __future__ import annotations

import os

from benchmarks.artefact import served_model, unquantised_model
from benchmarks.context import Context
from benchmarks.environments import TORCH, peer_python
from benchmarks.machine import versions
from benchmarks.ours import our_server, stream_rate
from benchmarks.prompts import PROMPTS
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import interleave
from benchmarks.workers import generate_rate, worker

ROUNDS = 5
TOKENS = 128
SINGLE = [[prompt] for prompt in PROMPTS[:2]]


def run(context: Context) -> Measurement:
    model_dir = served_model(context)
    threads = len(os.sched_getaffinity(0))
    python = peer_python(TORCH, context.progress)
    source = unquantised_model(context, python)
    context.progress("loading the model in both processes (torch takes 10 s and more)")
    module, log = "benchmarks.peers.torch_transformers", context.work / "torch.log"
    with (
        worker(python, module, [str(source), str(threads)], log) as peer,
        our_server(context, model_dir, threads) as server,
    ):
        series = interleave(
            {
                "transformers": lambda: generate_rate(peer, SINGLE, TOKENS),
                "ours": lambda: stream_rate(server, SINGLE, TOKENS),
            },
            context.rounds or ROUNDS,
            {"rate": "tok/s"},
            context.progress,
        )
    return Measurement(
        setup={
            "Prompts": f"{len(SINGLE)}, one after the other",
            "New tokens": f"{TOKENS} each, greedy, text in to text out",
            "Threads": threads,
            "Same model": "ours int4, transformers bf16 of the same unquantised source",
        },
        versions={**versions("onnxruntime", "fastapi", "uvicorn"), **peer.hello["versions"]},
        series=series,
        outcomes=(Outcome(goal="one-stream", ours="ours rate", peer="transformers rate"),),
    )
