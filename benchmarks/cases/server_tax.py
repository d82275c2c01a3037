"""What HTTP, scheduling and streaming cost: our server against the bare library, one artefact."""

from __future__ import annotations

import os
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks.artefact import served_model
from benchmarks.context import Context
from benchmarks.environments import GENAI, peer_python
from benchmarks.machine import versions
from benchmarks.ours import complete, our_server, stream_rate, text_of
from benchmarks.processes import Server
from benchmarks.prompts import PROMPTS
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import interleave
from benchmarks.workers import Worker, generate_rate, worker

ROUNDS = 6
TOKENS = 128
SINGLE = [[prompt] for prompt in PROMPTS[:4]]


def run(context: Context) -> Measurement:
    model_dir = served_model(context)
    threads = len(os.sched_getaffinity(0))
    python = peer_python(GENAI, context.progress)
    arguments = [str(model_dir), str(threads)]
    context.progress("loading the model in both processes")
    with (
        worker(python, "benchmarks.peers.genai", arguments, context.work / "genai.log") as genai,
        our_server(context, model_dir, threads) as server,
    ):
        series = interleave(
            {
                "genai 1 stream": lambda: generate_rate(genai, SINGLE, TOKENS),
                "ours 1 stream": lambda: stream_rate(server, SINGLE, TOKENS),
                "genai batch of 8": lambda: generate_rate(genai, [PROMPTS], TOKENS),
                "ours 8 streams": lambda: stream_rate(server, [PROMPTS], TOKENS),
            },
            context.rounds or ROUNDS,
            {"rate": "tok/s"},
            context.progress,
        )
        same = _same_texts(model_dir, genai, server)
    return Measurement(
        setup={
            "Prompts": f"{len(SINGLE)} one after the other (1 stream), {len(PROMPTS)} at once",
            "New tokens": f"{TOKENS} each, greedy, text in to text out",
            "Threads": threads,
            "Same text from both at 1 stream": f"{same} of {len(SINGLE)} prompts",
            "Path": "streamed /v1/completions over a unix socket; genai in its own process",
        },
        versions={**versions("onnxruntime", "fastapi", "uvicorn"), **genai.hello["versions"]},
        series=series,
        outcomes=(
            Outcome(goal="one-stream", ours="ours 1 stream rate", peer="genai 1 stream rate"),
            Outcome(goal="eight-streams", ours="ours 8 streams rate", peer="ours 1 stream rate"),
            Outcome(
                goal="eight-streams-static",
                ours="ours 8 streams rate",
                peer="genai batch of 8 rate",
            ),
        ),
    )


def _same_texts(model_dir: Path, genai: Worker, server: Server) -> int:
    tokenizer = Tokenizer.from_file(str(model_dir / "tokenizer.json"))
    same = 0
    for [prompt] in SINGLE:
        expected = tokenizer.decode(genai.ask(prompts=[prompt], tokens=TOKENS)["tokens"][0])
        same += text_of(complete(server, [prompt], TOKENS)[0]) == expected
    return same
