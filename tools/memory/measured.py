"""What vLLM logged of its memory on an H100, beside what the planner says of the same start."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planning.architecture import Architecture, read_architecture
from planning.architecture.storage import STORAGES
from planning.catalog import load_catalog
from planning.memory import Fit, Place, Serving, fit

ROOT = Path(__file__).parents[2]
_RESULTS = ROOT / "benchmarks/results/h100"
# The compiler's cache was warm, so one peak of a cold start was not there; a plan counts a cold
# one. qwen3-32b.fp8 is a second start on one machine; gpt-oss was started
# twice on the second visit, and its peak stayed the same.
_WARM = {"llama-3.1-8b.bf16-warm", "llama-3.1-8b.bf16-seqs256", "qwen3-32b.fp8"}


@dataclass(frozen=True)
class Start:
    """One start of the engine."""

    name: str
    date: str
    model: Architecture
    serving: Serving
    logged: dict[str, Any]
    """`memory` of the result file."""

    @property
    def warm(self) -> bool:
        return self.name in _WARM

    @property
    def planned(self) -> Fit:
        catalog = load_catalog()
        place = Place(gpu_name="H100", gpu=catalog.gpus["H100"].value)
        return fit(self.model, place, self.serving, catalog)


def starts() -> tuple[Start, ...]:
    """All that were recorded."""
    files = sorted(_RESULTS.glob("*.json"))
    values = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return tuple(_start(one) for one in values if "memory" in one)


def _start(values: dict[str, Any]) -> Start:
    flags = values["resolved"]
    fp8 = values["variant"] == "fp8"
    serving = Serving(
        context=flags["maxModelLen"],
        batched_tokens=flags["maxNumBatchedTokens"],
        sequences=flags["maxNumSeqs"],
        utilization=flags["gpuMemoryUtilization"],
        kv_bits=8 if fp8 else 16,
        storage=STORAGES["fp8"] if fp8 else None,
    )
    return Start(
        name=f"{values['shape']}.{values['variant']}",
        date=values["date"][:10],
        model=read_architecture(values["config"]),
        serving=serving,
        logged=values["memory"],
    )
