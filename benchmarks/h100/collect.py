"""Turns the `results.tar.gz` files of `measure.py` into one dated data file per shape.

    python benchmarks/h100/collect.py benchmarks/results/h100 results-1.tar.gz ...

Adds the equivalent `vllm serve` flags and the checks that mark points not to be used: `stalled`
(something was compiled while it ran), `kvOvercommitted`, and for mixtures of experts
`routingSpread` (whether tokens went to as many experts as if all were alike). Of each point's
steps the kinds are kept here; every single step goes into `DATE-steps.json.gz`.
"""

import gzip
import json
import re
import sys
import tarfile
from collections import defaultdict
from pathlib import Path
from statistics import fmean, median

DROP = re.compile(
    r"Initializing a V1|parallel_state|Capturing CUDA|hostname|cache directory|AOT|Injected|"
    r"from scratch|Starting to load|Cache the graph|saved|raw prompts|EOS token|IrOpPriority|"
    r"warnings\.warn|UserWarning|usage_lib"
)
FLAGS = {
    "quantization": "--quantization",
    "kv_cache_dtype": "--kv-cache-dtype",
    "max_model_len": "--max-model-len",
    "max_num_seqs": "--max-num-seqs",
    "max_num_batched_tokens": "--max-num-batched-tokens",
}
EXPERT_BYTES = {"bf16": 2.0, "fp8": 1.0, "mxfp4": 4.25 / 8}


def expert_bytes(config: dict, variant: str) -> tuple[float, int, int] | None:
    """All routed experts' bytes, their number per layer, and how many a token takes."""
    experts = (
        config.get("num_experts")
        or config.get("num_local_experts")
        or config.get("n_routed_experts")
    )
    if not experts:
        return None
    layers = config["num_hidden_layers"] - config.get("first_k_dense_replace", 0)
    width = config.get("moe_intermediate_size") or config["intermediate_size"]
    count = layers * experts * 3 * config["hidden_size"] * width
    return count * EXPERT_BYTES[variant.split("-")[0]], experts, config["num_experts_per_tok"]


def check(record: dict) -> None:
    points, variant = record["points"], record["variant"]
    experts = expert_bytes(record["config"], variant)
    for point in points:
        streams, shape = point["concurrency"], point["input"] + point["output"]
        point["stalled"] = point["itlMs"]["max"] > 1000
        point["kvOvercommitted"] = streams * shape > record["memory"]["kvCacheTokens"]
        plain = [row for row in point.get("steps", ()) if not row["prompts"]]
        if experts and plain:
            size, number, taken = experts
            used = 1 - (1 - taken / number) ** streams
            read = record["memory"]["weightsBytes"] - size * (1 - used)
            rate = read / (plain[0]["gpuMs"] / 1000)
            point["impliedTerabytesPerSecond"] = round(rate / 1e12, 2)
    if experts and points:
        _, number, taken = experts
        seen = record.get("routing", {})
        record["routingSpread"] = all(
            seen.get(f"distinctOf{n}", 0) > 0.97 * number * (1 - (1 - taken / number) ** n)
            for n in (8, 32, 64, 128)
        )


def kinds(rows: list[list[float]]) -> list[dict]:
    """Steps by the prompts in them: medians of GPU and host ms, means of requests and tokens."""
    groups: dict[int, list[list[float]]] = defaultdict(list)
    for row in rows[:-1]:
        groups[int(row[3])].append(row)
    return [
        {
            "prompts": prompts,
            "steps": len(found),
            "requests": round(fmean(r[2] for r in found), 1),
            "tokens": round(fmean(r[4] for r in found), 1),
            "gpuMs": round(median(r[0] for r in found), 3),
            "hostMs": round(median(r[1] for r in found), 3),
        }
        for prompts, found in sorted(groups.items())
    ]


def clean(line: str) -> str:
    line = re.sub(r"^\(EngineCore pid=\d+\) ", "", line)
    line = re.sub(r"^(INFO|WARNING|ERROR) [\d-]+ [\d:]+ ", r"\1 ", line)
    line = re.sub(r"^(\[\w+\.py:\d+\])", r"\1", line)
    return re.sub(r"(/[\w.+=,@-]+){2,}/", "", line)[:300]


def log_lines(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if re.search(r"(INFO|WARNING|ERROR) \d", line) and not DROP.search(line):
            lines.append(clean(line))
    return lines[:40]


def dump(record: dict) -> str:
    """One line per entry of lists and flat objects, so that a file stays readable."""
    parts = []
    for key, value in record.items():
        if isinstance(value, list) and value:
            body = ",\n  ".join(json.dumps(v) for v in value)
            parts.append(f' "{key}": [\n  {body}\n ]')
        elif isinstance(value, dict) and key in (
            "config",
            "memory",
            "init",
            "resolved",
            "earlierStart",
        ):
            body = ",\n  ".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            parts.append(f' "{key}": {{\n  {body}\n }}')
        else:
            parts.append(f' "{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    target, cold, steps = Path(sys.argv[1]), {}, {}
    target.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        with tarfile.open(name) as tar:
            files = {
                m.name: tar.extractfile(m).read().decode(errors="replace")  # type: ignore
                for m in tar.getmembers()
            }
        for file, text in files.items():
            if not file.endswith(".json"):
                continue
            record, log = json.loads(text), files[file.removesuffix(".json") + ".log"]
            full = file.removesuffix(".json")
            if record["outcome"] != "complete":  # measured again later
                keys = ("outcome", "init", "memory", "points")
                cold[full] = {k: record[k] for k in keys}
                continue
            steps[full] = json.loads(files.get(f"{full}.steps", "{}"))
            for point in record["points"]:
                at = f"{point['concurrency']}x{point['input']}+{point['output']}"
                point["steps"] = kinds(steps[full][at])
            record = dated(record, log)
            check(record)
            if full in cold:
                record["earlierStart"] = cold[full]
            day = record["date"][:10]
            (target / f"{day}-{full}.json").write_text(dump(record))
            print(full, record.get("routingSpread", ""), len(record["points"]), "points")
    with gzip.GzipFile(target / f"{day}-steps.json.gz", "wb", mtime=0) as packed:
        packed.write(json.dumps(steps, separators=(",", ":")).encode())


def dated(record: dict, log: str) -> dict:
    flags = "".join(f" {FLAGS[k]} {v}" for k, v in record["engineArgs"].items() if k in FLAGS)
    return {
        **{k: record[k] for k in ("shape", "variant", "date", "outcome", "command")},
        "equivalent": f"vllm serve {record['shape']} --load-format dummy "
        f"--skip-tokenizer-init{flags}",
        "driver": record["device"]["driver_version"],
        **{k: v for k, v in record.items() if k not in ("log", "points", "skipped")},
        "points": record["points"],
        "skipped": record["skipped"],
        "log": log_lines(log),
    }


if __name__ == "__main__":
    main()
