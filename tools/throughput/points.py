"""Measured points: those that count, by the marks of benchmarks/results/h100/README.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planning.architecture import Architecture, read_architecture
from planning.architecture.storage import STORAGES
from planning.catalog import load_catalog
from planning.catalog.rows.throughput import Constants
from planning.throughput.schedule import Seen, batch, steady
from planning.throughput.step import Engine
from planning.throughput.work import Work, work_of

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks/results/h100"
GPU = "H100"
ENGINE, VERSION = "vllm", "0.25.1"
BATCHED_TOKENS = 8192
_FEWEST_STEPS = 3
_KV_BITS = {"bf16": 16, "fp8": 8, "mxfp4": 16}


@dataclass(frozen=True, kw_only=True)
class Point:
    """One measured load of one model."""

    model: str
    variant: str
    shape: Architecture
    work: Work
    kind: str
    users: int
    prompt: int
    output: int
    seen: Seen
    launches: Mapping[bool, float]
    """Seconds a layer that the CPU takes for a step with a prompt; by whether it is eager: of
    more tokens than CUDA graphs are captured for. The least of the run's loads: where the GPU is
    slower, the CPU waits."""

    @property
    def mixture(self) -> bool:
        return self.shape.experts > 0

    def predicted(self, constants: Constants) -> Seen:
        engine = Engine(work=self.work, gpu=load_catalog().gpus[GPU].value, constants=constants)
        run = batch if self.kind == "batch" else steady
        return run(
            engine,
            users=self.users,
            prompt=self.prompt,
            output=self.output,
            batched=BATCHED_TOKENS,
        )


def measured() -> tuple[Point, ...]:
    """All valid points of the recorded runs with the engine's default limits."""
    return tuple(point for file in sorted(RESULTS.glob("*.json")) for point in _of(file))


def _of(file: Path) -> Iterator[Point]:
    record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    model = read_architecture(record["config"]) if "config" in record else None
    for raw in record.get("points", ()):
        unspread = record.get("routingSpread") is False and raw["concurrency"] > 1
        if model is None or raw["stalled"] or raw["kvOvercommitted"] or unspread:
            continue
        work = work_of(model, STORAGES[record["variant"]], _KV_BITS[record["variant"]])
        yield Point(
            model=record["shape"],
            variant=record["variant"],
            shape=model,
            work=work,
            kind=raw["kind"],
            users=raw["concurrency"],
            prompt=raw["input"],
            output=raw["output"],
            seen=Seen(
                ttft=raw["ttftMs"]["median"] / 1000,
                itl=raw["itlMs"]["mean"] / 1000,
                throughput=raw["outputTokensPerSecond"],
                ttft_p95=_tail(raw, "ttftMs"),
                itl_p95=_tail(raw, "tpotMs"),
            ),
            launches=_launches(record, work),
        )


def _tail(raw: dict[str, Any], figure: str) -> float | None:
    """Seconds that 95 % keep, of loops of many users; the first visit did not record it."""
    many = raw["kind"] == "steady" and raw["concurrency"] > 1
    return raw[figure]["p95"] / 1000 if many and "p95" in raw[figure] else None


def _launches(record: dict[str, Any], work: Work) -> dict[bool, float]:
    steps = [step for point in record["points"] for step in point.get("steps", ())]
    found: dict[bool, float] = {}
    for step in steps:
        if step["prompts"] and step["steps"] >= _FEWEST_STEPS:
            eager = step["tokens"] > work.graph_tokens
            seconds = step["hostMs"] / 1000 / work.layers
            found[eager] = min(seconds, found.get(eager, seconds))
    return found
