"""Whether a load lies within what was measured; if not, why there is no estimate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from planning.architecture import Architecture
from planning.catalog.rows.throughput import CalibrationFacts
from planning.throughput.load import Load


def outside(load: Load, facts: CalibrationFacts) -> str | None:
    """The first reason; None: inside."""
    reason = next(chain(_shape(load, facts), _size(load, facts)), None)
    return reason and f"no estimate: {reason}"


def _shape(load: Load, facts: CalibrationFacts) -> Iterator[str]:
    model = load.model
    if load.tensor_parallel != 1:
        yield f"measured on one GPU, not on {load.tensor_parallel} together"
    if model.experts:
        yield "a mixture of experts; too few were measured to test an interval on another"
    if _format(load) not in facts.formats:
        yield (
            f"weights as {load.stored.method} with a KV cache of {load.kv_bits} bits were not "
            f"measured, only {' and '.join(facts.formats)} throughout"
        )
    if any(cache.numbers != 2 * model.head_dim for cache in model.caches):
        yield "caches that keep something else than keys and values of equal heads"
    window = _window(model)
    if window is not None and window < load.prompt + load.output:
        yield f"a window of {window:,} tokens was measured only before it is full"


def _size(load: Load, facts: CalibrationFacts) -> Iterator[str]:
    tested = facts.tested
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
    packing = load.stored.packing
    if packing is None:
        return "bf16" if (load.stored.plain_bits, load.kv_bits) == (16, 16) else "other"
    whole = load.stored.method == "fp8" and packing.block == (0, 0)
    return "fp8" if whole and load.kv_bits == 8 else "other"


def _window(model: Architecture) -> int | None:
    return min((cache.window for cache in model.caches if cache.window), default=None)
