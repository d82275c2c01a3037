"""Measure vLLM on one GPU: what fits, how fast it starts, how fast it answers.

    python measure.py run --out DIR --seconds 560 --shapes llama-3.1-8b.bf16,llama-3.1-8b.fp8

Every shape is a `config.json` beside this file with random weights (`load_format=dummy`), prompts
of random token ids, no tokenizer. The engine is vLLM's AsyncLLM with the defaults of `vllm serve`;
times are taken where the API server would take them (no HTTP). One JSON per shape is rewritten
after every point, so a run that is cut off keeps what it had. `README.md` of the results explains
the fields. Needs vLLM and one GPU; imports nothing of this repository.
"""

import argparse
import asyncio
import datetime
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from client import Client

HERE = Path(__file__).resolve().parent
FP8 = {"quantization": "fp8", "kv_cache_dtype": "fp8"}
BATCH = {"max_num_batched_tokens": 8192, "max_num_seqs": 256}
VARIANTS: dict[str, dict] = {
    "bf16": {},
    "fp8": FP8,
    "mxfp4": {},
    "bf16-8k": {"max_model_len": 8192},
    "fp8-weights": {"quantization": "fp8"},
    # Memory only: the same model under other batch limits (0 points).
    "bf16-seqs256": BATCH,
    "bf16-tokens16k": {"max_num_batched_tokens": 16384, "max_num_seqs": 1024},
    "bf16-tokens2k": {"max_num_batched_tokens": 2048, "max_num_seqs": 256},
    # Start only, a second time: torch.compile's cache is warm.
    "bf16-warm": {},
    "fp8-warm": FP8,
    # Start only, warm, with a fixed KV cache and few CUDA graphs.
    "bf16-fast": {
        "kv_cache_memory_bytes": 55 << 30,
        "cudagraph_capture_sizes": [1, 2, 4, 8, 16, 32, 64, 128, 256],
    },
    # All points a second time, in a second process.
    "bf16-again": {},
    "fp8-again": FP8,
}
START_ONLY = ("-seqs256", "-tokens16k", "-tokens2k", "-warm", "-fast")
# (users, prompt tokens, output tokens) of closed loops, in the order taken.
POINTS = [
    (64, 512, 256),
    (8, 512, 256),
    (32, 512, 256),
    (128, 512, 256),
    (64, 1024, 128),
    (8, 1024, 128),
    (1, 512, 256),
    (32, 1024, 128),
    (128, 1024, 128),
    (16, 4096, 128),
    (1, 1024, 128),
    (256, 512, 256),
]
# A short batch of each before anything is timed: kernels are compiled at their first use.
WARM_UP = [(32, 512, 16), (4, 512, 32), (64, 1024, 4), (16, 4096, 4)]
WARM_UP_EXPERTS = [(u, n, 6) for n in (512, 1024) for u in (1, 2, 4, 8, 16, 32, 64, 128)]
WINDOW_SECONDS = 9.0
EXPERTS = ("num_experts", "num_local_experts", "n_routed_experts")


def versions() -> dict:
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for name in ("vllm", "torch", "triton", "transformers", "flashinfer-python", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def device() -> dict:
    fields = "name,driver_version,memory.total,power.limit,clocks.max.sm,clocks.max.memory"
    query = ["nvidia-smi", f"--query-gpu={fields}", "--format=csv,noheader"]
    row = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    return dict(zip(fields.split(","), (x.strip() for x in row.split(",")), strict=True))


async def worker(shape: str, out: Path, budget: float) -> None:
    began = time.perf_counter()
    model, variant = shape.rsplit(".", 1)
    import torch
    import vllm.v1.engine.core
    import vllm.v1.worker.gpu_worker  # noqa: F401
    from vllm.engine.arg_utils import AsyncEngineArgs
    from vllm.usage.usage_lib import UsageContext
    from vllm.v1.engine.async_llm import AsyncLLM

    imported = time.perf_counter()
    args = {"load_format": "dummy", "skip_tokenizer_init": True, **VARIANTS[variant]}
    engine_args = AsyncEngineArgs(
        model=str(HERE / "models" / model), worker_extension_cls="probe.Probe", **args
    )
    config = engine_args.create_engine_config(UsageContext.OPENAI_API_SERVER)
    scheduler, compilation = config.scheduler_config, config.compilation_config
    record: dict = {
        "shape": model,
        "variant": variant,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "device": device(),
        "versions": versions(),
        "command": f"python benchmarks/h100/measure.py run --out DIR --shapes {shape}",
        "environment": {k: v for k, v in sorted(os.environ.items()) if k.startswith("VLLM_")},
        "config": json.loads((HERE / "models" / model / "config.json").read_text()),
        "engineArgs": args,
        "resolved": {
            "maxModelLen": config.model_config.max_model_len,
            "maxNumBatchedTokens": scheduler.max_num_batched_tokens,
            "maxNumSeqs": scheduler.max_num_seqs,
            "asyncScheduling": bool(scheduler.async_scheduling),
            "chunkedPrefill": bool(scheduler.enable_chunked_prefill),
            "prefixCaching": bool(config.cache_config.enable_prefix_caching),
            "gpuMemoryUtilization": config.cache_config.gpu_memory_utilization,
            "dtype": str(config.model_config.dtype),
            "cudaGraphMode": str(compilation.cudagraph_mode),
            "cudaGraphSizes": len(compilation.cudagraph_capture_sizes or []),
        },
        "init": {
            "importSeconds": round(imported - began, 2),
            "configSeconds": round(time.perf_counter() - imported, 2),
        },
        "memory": {},
        "points": [],
        "skipped": [],
    }
    record["init"]["cudaTouchedEarly"] = torch.cuda.is_initialized()
    (out / f"{shape}.loaded").touch()
    sys.stdin.readline()

    def save(steps: dict | None = None) -> None:
        if steps:
            (out / f"{shape}.steps").write_text(json.dumps(steps))
        (out / f"{shape}.tmp").write_text(json.dumps(record, indent=1))
        (out / f"{shape}.tmp").rename(out / f"{shape}.json")

    start = time.perf_counter()
    engine = AsyncLLM.from_vllm_config(
        config, usage_context=UsageContext.OPENAI_API_SERVER, disable_log_stats=True
    )
    record["init"]["engineReadySeconds"] = round(time.perf_counter() - start, 2)
    record["memory"] = (await engine.collective_rpc("probe"))[0]
    record["resolved"]["useV2ModelRunner"] = bool(getattr(config, "use_v2_model_runner", False))
    client = Client(engine, config.model_config.get_vocab_size())
    first = (await client.batch(1, 512, 8))[0]
    record["init"]["firstAnswerSeconds"] = round(time.perf_counter() - start, 2)
    record["init"]["firstTtftMs"] = round(1000 * (first["stamps"][0][0] - first["sent"]), 2)
    save()
    (out / f"{shape}.ready").touch()
    if not variant.endswith(START_ONLY):
        experts = next((record["config"][k] for k in EXPERTS if k in record["config"]), 0)
        if experts:
            record["spread"] = (await engine.collective_rpc("spread"))[0]
        for users, length, output in WARM_UP_EXPERTS if experts else WARM_UP:
            await client.batch(users, length, output)
        record["init"]["warmUpSeconds"] = round(time.perf_counter() - start, 2)
        await points(engine, client, record, budget, save)
        if experts:
            await routing(engine, client, record)
    save()
    (out / f"{shape}.done").touch()
    await asyncio.sleep(3600)  # the parent ends the whole group at once


async def points(engine, client: Client, record: dict, budget: float, save) -> None:
    began = time.perf_counter()
    raw = {}
    for users, length, output in POINTS:
        point = {"kind": "steady", "concurrency": users, "input": length, "output": output}
        if time.perf_counter() - began > budget:
            record["skipped"].append({**point, "reason": "time"})
            continue
        await engine.collective_rpc("take_steps")
        found = await client.steady(users, length, output, WINDOW_SECONDS)
        raw[f"{users}x{length}+{output}"] = (await engine.collective_rpc("take_steps"))[0]
        record["points"].append({**point, **found})
        save(raw)


async def routing(engine, client: Client, record: dict) -> None:
    """Reads what the engine itself wrote as one prompt: the tokens that users get in one step."""
    users, size = 32, 2048
    answers = await client.batch(users, 512, size // users)
    # The first prompt goes past the compiled graphs' warm-up, the second is watched.
    tokens = [t for step in zip(*(a["tokens"] for a in answers), strict=True) for t in step]
    hooked = (await engine.collective_rpc("watch_routing"))[0]
    await client.ask({"prompt_token_ids": tokens}, 2, [])
    seen = await engine.collective_rpc("routing", args=(size, (8, 32, 64, 128)))
    record["routing"] = {"hooked": hooked, "of": "generated tokens", **seen[0]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["run", "worker"])
    parser.add_argument("--shapes", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=560, help="for everything")
    parser.add_argument("--point-seconds", type=float, default=45, help="no new point after this")
    options = parser.parse_args()
    if options.mode == "worker":
        asyncio.run(worker(options.shapes, options.out, options.point_seconds))
    else:
        from driver import drive

        drive(options.shapes.split(","), options.out, options.seconds, options.point_seconds)


if __name__ == "__main__":
    main()
