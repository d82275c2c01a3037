"""Figures of the model: parameters, weights, KV cache of a token."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from planning.architecture import Architecture
from planning.architecture.kv import kv_bytes_beyond_window, kv_bytes_per_token
from planning.architecture.storage import Storage
from planning.architecture.value import Cache
from planning.architecture.weights import tensor_bytes, weight_bytes
from planning.explain.value import About, Arithmetic, Figures, because, cited, of_model

_UNKNOWN = "neither the catalog nor a config.json tells the model's shape"


def _parameters(about: About, index: int) -> Arithmetic:
    model = about.plan.architecture
    if model is None:
        return because(_UNKNOWN, result=None)
    counts: dict[str, int] = {}
    for tensor in model.tensors:
        if tensor.kind != "buffer":
            counts[tensor.kind] = counts.get(tensor.kind, 0) + tensor.numbers
    return because(
        f"numbers of all tensors ({model.layers} layers, {model.hidden:,} wide):",
        *(f"  {kind:<10} {count:>17,}" for kind, count in counts.items()),
        result=sum(counts.values()),
        sources=of_model(about),
    )


def _active_parameters(about: About, index: int) -> Arithmetic:
    model = about.plan.architecture
    if model is None:
        return because(_UNKNOWN, result=None)
    output = any(tensor.kind == "head" for tensor in model.tensors)
    counted = [
        tensor
        for tensor in model.tensors
        if tensor.kind != "buffer" and not (output and tensor.kind == "embedding")
    ]
    idle = sum(prod(t.shape) * (t.copies - t.used) for t in counted)
    lookup = sum(t.numbers for t in model.tensors if output and t.kind == "embedding")
    return because(
        f"{model.parameters:,} parameters",
        f"- {lookup:,} of an embedding that is only looked up",
        f"- {idle:,} of experts that one token does not pass",
        result=model.parameters - lookup - idle,
        sources=of_model(about),
    )


def _top1(about: About, index: int) -> Arithmetic:
    return _exactness(about, "min_top1_agreement")


def _perplexity(about: About, index: int) -> Arithmetic:
    return _exactness(about, "max_perplexity_ratio")


def _exactness(about: About, name: str) -> Arithmetic:
    if about.plan.local is None:
        return because("nothing is converted", result=None)
    row = about.catalog.quantizations[about.plan.local.model.quantization]
    return because(
        f"what the conversion to {row.id} must reach to be accepted",
        result=getattr(row.value, name),
        sources=(cited("quantization", row),),
    )


def weights(about: About, index: int) -> Arithmetic:
    """On GPUs."""
    serving, model = about.chosen.serving, about.model
    assert serving is not None
    if serving.storage is None and model.stored_bytes is not None:
        return because(
            "the sum that the checkpoint's own index states",
            result=model.stored_bytes,
            sources=of_model(about),
        )
    storage = serving.storage or model.storage
    made = "as the engine makes them while it loads" if serving.storage else "as they are stored"
    return because(
        f"bytes of all tensors, {made} ({about.chosen.quantization}), scales included:",
        *_by_width(model, storage),
        result=weight_bytes(model, serving.storage),
        sources=of_model(about),
    )


def _by_width(model: Architecture, storage: Storage) -> Iterator[str]:
    sums: dict[tuple[str, bool], tuple[int, int]] = {}
    for tensor in model.tensors:
        packed = tensor.kind in ("matrix", "head") and storage.packs(
            tensor.module, head=tensor.kind == "head"
        )
        count, size = sums.get((tensor.kind, packed), (0, 0))
        key = (tensor.kind, packed)
        sums[key] = count + tensor.numbers, size + tensor_bytes(tensor, storage)
    for (kind, packed), (count, size) in sums.items():
        bits = storage.packing.bits if packed and storage.packing else storage.plain_bits
        yield f"  {kind:<10} {count:>17,} x {bits:>2} bits = {size:>17,} bytes"


def kv_per_token(about: About, index: int) -> Arithmetic:
    bits = _kv_bits(about)
    return because(
        *(_cache_line(cache, bits) for cache in about.model.caches),
        result=kv_bytes_per_token(about.model, bits),
        sources=of_model(about),
    )


def kv_beyond_window(about: About, index: int) -> Arithmetic:
    bits = _kv_bits(about)
    whole = [cache for cache in about.model.caches if cache.window is None]
    return because(
        *(_cache_line(cache, bits) for cache in whole),
        *(() if whole else ("every layer slides: an older token costs nothing more",)),
        result=kv_bytes_beyond_window(about.model, bits),
        sources=of_model(about),
    )


def _cache_line(cache: Cache, bits: int) -> str:
    slides = f" that keep {cache.window:,} tokens" if cache.window else ""
    return (
        f"{cache.layers} layers{slides} x {cache.heads} heads x {cache.numbers} numbers "
        f"x {bits} bits / 8 = {cache.per_token() * bits // 8:,} bytes"
    )


def _kv_bits(about: About) -> int:
    assert about.document.choice is not None
    return about.document.choice.kv_bits


FIGURES: Figures = {
    "model.parameters": _parameters,
    "model.activeParameters": _active_parameters,
    "model.minTop1Agreement": _top1,
    "model.maxPerplexityRatio": _perplexity,
    "fit.kvBytesPerToken": kv_per_token,
    "fit.kvBytesPerTokenBeyondWindow": kv_beyond_window,
}
