"""How weights and KV cache could be stored on a GPU: as they are, or as the engine makes them."""

from __future__ import annotations

from collections.abc import Iterator

from planning.architecture import Architecture
from planning.architecture.storage import STORAGES, Storage
from planning.catalog import Catalog
from planning.catalog.rows.hardware import GpuFacts
from planning.memory.problems import storage_name
from planning.problems import Problem

# Made of a plain checkpoint while it is loaded: vLLM 0.33.0, docs/features/quantization/README.md.
MADE_ON_LOAD = ("fp8",)
_PLAIN = ("bf16", "fp16", "fp32")
_PATH = "slipway:engine.quantization"


def stored_name(model: Architecture, gpu: GpuFacts) -> str:
    """Of the checkpoint as it is, in the words of stack files."""
    name = storage_name(model.storage)
    # Turing has no bfloat16: such a checkpoint is loaded in float16 there.
    return "bf16" if name == "fp16" and gpu.architecture != "turing" else name


def storages(
    model: Architecture, gpu: GpuFacts, runner: str | None, wish: str | None, catalog: Catalog
) -> Iterator[tuple[str, Storage | None]]:
    """Names, with what the engine makes of the checkpoint (None: nothing); the exact one first."""
    own = stored_name(model, gpu)
    if wish is not None:
        same = wish == own or (wish in ("bf16", "fp16") and own in ("bf16", "fp16"))
        yield wish, None if same else STORAGES.get(wish)
        return
    yield own, None
    row = catalog.quantization_support.get("vllm/fp8")
    runs = (*row.value.computes, *row.value.stores) if row else ()
    if own in _PLAIN and runner == "vllm" and gpu.architecture in runs:
        yield "fp8", STORAGES["fp8"]


def kv_widths(gpu: GpuFacts, wish: int | None, catalog: Catalog) -> tuple[int, ...]:
    """Bits of one number in the KV cache; 8 only where the GPU calculates in 8 bits."""
    if wish is not None:
        return (wish,)
    return (16, 8) if _calculates_in_8_bits(gpu, catalog) else (16,)


def storage_problems(
    model: Architecture,
    gpu: GpuFacts,
    runner: str | None,
    name: str,
    kv_bits: int,
    catalog: Catalog,
) -> Iterator[Problem]:
    """Can it be made of that checkpoint, and is the KV cache proven on that GPU?"""
    own = stored_name(model, gpu)
    if name not in STORAGES:
        yield Problem(
            path=_PATH,
            code="quantization-unknown",
            got=f'"{name}" on a GPU',
            allowed=", ".join(STORAGES),
            fixes=(f"write {own}, as the checkpoint is", "or leave it out"),
        )
    elif name != own and own not in _PLAIN:
        yield Problem(
            path=_PATH,
            code="quantization-of-quantized",
            got=f"{name} of a checkpoint that is stored as {own or model.storage.method}",
            allowed=f"{own or model.storage.method}: what is quantised is loaded as it is",
            fixes=("leave quantization out", f"or name a checkpoint in {name} or bf16"),
        )
    elif name not in (own, *_PLAIN) and (name not in MADE_ON_LOAD or runner != "vllm"):
        yield Problem(
            path=_PATH,
            code="quantization-not-on-load",
            got=f"{name} of a checkpoint in {own}",
            allowed=f"what vllm makes while it loads: {', '.join(MADE_ON_LOAD)}"
            if runner == "vllm"
            else f"a checkpoint that is stored as {name}",
            fixes=(
                f"name a checkpoint in {name}",
                "or write fp8 with vllm, which makes it of this one",
            ),
        )
    if kv_bits == 8 and not _calculates_in_8_bits(gpu, catalog):
        yield Problem(
            path="slipway:engine.kvCacheDtype",
            code="kv-cache-unproven",
            got=f"8 bits on a GPU of the generation {gpu.architecture}",
            allowed="16 bits; 8 where the GPU calculates in 8 bits",
            fixes=("write auto", "or choose a GPU that calculates in 8 bits"),
            severity="warning",
        )


def _calculates_in_8_bits(gpu: GpuFacts, catalog: Catalog) -> bool:
    row = catalog.quantization_support.get("vllm/fp8")
    return row is not None and gpu.architecture in row.value.computes
