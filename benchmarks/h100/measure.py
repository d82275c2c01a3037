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
import re
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
}
START_ONLY = ("-seqs256", "-tokens16k", "-tokens2k", "-warm")
# (kind, concurrency, prompt tokens, output tokens), in the order taken.
POINTS = [
    ("batch", 1, 512, 256),
    ("batch", 8, 512, 256),
    ("batch", 32, 512, 256),
    ("batch", 128, 512, 256),
    ("steady", 64, 512, 256),
    ("batch", 16, 4096, 128),
    ("batch", 256, 512, 256),
]
LOG_FACTS = {
    "loadSeconds": r"Model loading took [\d.]+ GiB(?: memory)? and ([\d.]+) seconds",
    "dynamoSeconds": r"Dynamo bytecode transform time: ([\d.]+) s",
    "compileSeconds": r"torch\.compile took ([\d.]+) s",
    "captureSeconds": r"Graph capturing finished in ([\d.]+) secs",
    "engineInitSeconds": r"init engine .*? took ([\d.]+) s",
}
KEEP = re.compile(
    r"backend|took|takes|time:|KV cache|GiB|Model Runner|Chunked|async|Capturing|warmup|"
    r"WARNING|ERROR|Error",
    re.I,
)


class Probe:
    """Mixed into vLLM's worker: exact bytes instead of the log's two decimals."""

    def probe(self) -> dict:
        import torch

        free, total = torch.cuda.mem_get_info()
        snapshot, runner = self.init_snapshot, self.model_runner
        groups = [
            {
                "layers": len(g.layer_names),
                "kind": type(g.kv_cache_spec).__name__,
                "blockSize": g.kv_cache_spec.block_size,
                "pageBytes": g.kv_cache_spec.page_size_bytes,
            }
            for g in runner.kv_cache_config.kv_cache_groups
        ]
        return {
            "deviceTotalBytes": snapshot.total_memory,
            "deviceFreeAtStartBytes": snapshot.free_memory,
            "requestedBytes": int(self.requested_memory),
            "weightsBytes": int(runner.model_memory_usage),
            "activationPeakBytes": int(self.peak_activation_memory),
            "nonTorchBytes": int(self.non_torch_memory),
            "cudaGraphEstimateBytes": int(self.cudagraph_memory_estimate),
            "availableKvBytes": int(self.available_kv_cache_memory_bytes),
            "kvBlocks": runner.kv_cache_config.num_blocks,
            "kvGroups": groups,
            "torchReservedBytes": torch.cuda.memory_reserved(),
            "torchAllocatedBytes": torch.cuda.memory_allocated(),
            "deviceUsedWhenReadyBytes": total - free,
        }


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
        model=str(HERE / "models" / model), worker_extension_cls="measure.Probe", **args
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

    def save() -> None:
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
    first = await client.batch(1, 512, 8)
    record["init"]["firstAnswerSeconds"] = round(time.perf_counter() - start, 2)
    record["init"]["firstTtftMs"] = first["ttftMs"]["max"]
    save()
    (out / f"{shape}.ready").touch()
    if not variant.endswith(START_ONLY):
        await client.batch(32, 512, 16)
        await client.batch(4, 512, 32)
        began = time.perf_counter()
        for kind, concurrency, length, output in POINTS:
            point = {"kind": kind, "concurrency": concurrency, "input": length, "output": output}
            if time.perf_counter() - began > budget:
                record["skipped"].append({**point, "reason": "time"})
                continue
            run = client.batch if kind == "batch" else client.steady
            record["points"].append({**point, **await run(concurrency, length, output)})
            save()
    save()
    (out / f"{shape}.done").touch()
    await asyncio.sleep(3600)  # the parent ends the whole group at once


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
