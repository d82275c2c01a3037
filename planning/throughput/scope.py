"""Whether a load lies within what was measured; if not, why there is no estimate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from planning.architecture import Architecture
from planning.catalog.rows.throughput import Family
from planning.throughput.load import Load


def outside(load: Load, family: Family) -> str | None:
    """The first reason; None: inside."""
    reason = next(chain(_shape(load, family), _size(load, family)), None)
    return reason and f"no estimate: {reason}"


def latent(model: Architecture) -> bool:
    """Whether caches keep something else than keys and values of equal heads."""
    return any(cache.numbers != 2 * model.head_dim for cache in model.caches)


def narrowest(model: Architecture) -> int | None:
    """Tokens of the shortest window that a layer looks back at; None: all look back at all."""
    return min((cache.window for cache in model.caches if cache.window), default=None)


def _shape(load: Load, family: Family) -> Iterator[str]:
    model = load.model
    if load.tensor_parallel != 1:
        yield f"measured on one GPU, not on {load.tensor_parallel} together"
    if _format(load) not in family.formats:
        yield (
            f"weights as {load.stored.method} with a KV cache of {load.kv_bits} bits were not "
            f"measured, only {' and '.join(family.formats)} throughout"
        )
    if latent(model) and not family.tested.latents:
        yield "caches that keep something else than keys and values of equal heads"
    window = narrowest(model)
    if not family.tested.windows and window is not None and window < load.prompt + load.output:
        yield f"a window of {window:,} tokens was measured only before it is full"


def _size(load: Load, family: Family) -> Iterator[str]:
    tested = family.tested
    spans = (
        ("parameters", load.model.parameters, tested.parameters),
        ("concurrent requests", load.concurrency, tested.concurrency),
        ("prompt tokens", load.prompt, tested.prompt),
    )
    for what, value, (low, high) in spans:
        if not low <= value <= high:
            yield f"{value:,} {what}; measured are {low:,} to {high:,}"
    context = load.prompt + load.output
    resident = context * load.concurrency
    if load.output < tested.shortest_output:
        yield f"answers of {load.output:,} tokens; measured are {tested.shortest_output:,} and more"
    if context > tested.longest_context:
        yield f"{context:,} tokens a request; measured are up to {tested.longest_context:,}"
    if resident > tested.resident:
        yield f"{resident:,} tokens in the KV cache; measured are up to {tested.resident:,}"
    if load.kv_cache_tokens is not None and resident > load.kv_cache_tokens:
        yield (
            f"requests would wait for the KV cache, which holds {load.kv_cache_tokens:,} of "
            f"{resident:,} tokens"
        )


def _format(load: Load) -> str:
    """One name for weights and cache, of those that were measured together."""
    packing, kv_bits = load.stored.packing, load.kv_bits
    if packing is None:
        return "bf16" if (load.stored.plain_bits, kv_bits) == (16, 16) else "other"
    if load.stored.method == "mxfp4" and kv_bits == 16:
        return "mxfp4"
    whole = load.stored.method == "fp8" and packing.block == (0, 0)
    return "fp8" if whole and kv_bits == 8 else "other"
