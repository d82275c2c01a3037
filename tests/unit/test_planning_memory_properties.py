"""A plan that says it fits never exceeds memory; asking for more never needs less."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.architecture import Architecture
from planning.architecture.storage import STORAGES
from planning.catalog import load_catalog
from planning.memory import Place, Serving, fit
from planning.memory.activation import activation_peaks
from planning.memory.pool import pool_of
from planning.memory.weights import weight_bytes_per_gpu

_CATALOG = load_catalog()
_MODELS = [
    _CATALOG.models[name].value.architecture
    for name in ("Llama-3.1-8B", "gpt-oss-20b", "DeepSeek-V2-Lite", "gemma-3-12b-it")
]
_models = st.sampled_from(_MODELS)
_places = st.builds(
    Place,
    gpu_name=st.just("any"),
    gpu=st.sampled_from([row.value for row in _CATALOG.gpus.values()]),
    gpus=st.sampled_from([1, 2, 4, 8]),
)
_servings = st.builds(
    Serving,
    context=st.integers(1, 200_000),
    concurrency=st.integers(1, 2000),
    batched_tokens=st.integers(1, 32_768),
    sequences=st.integers(1, 2048),
    kv_bits=st.sampled_from([8, 16]),
    storage=st.sampled_from([None, STORAGES["fp8"], STORAGES["awq"]]),
    utilization=st.floats(0.1, 1.0),
    kv_cache_bytes=st.one_of(st.none(), st.integers(1, 10**11)),
    tensor_parallel=st.sampled_from([1, 2, 3, 4, 8]),
    pipeline_parallel=st.integers(1, 3),
)


@settings(max_examples=60, deadline=None)
@given(model=_models, place=_places, serving=_servings)
def test_what_fits_never_exceeds_memory(
    model: Architecture, place: Place, serving: Serving
) -> None:
    planned = fit(model, place, serving, _CATALOG)
    if not planned.fits:
        return
    budget, pool = planned.budget, pool_of(model, serving)
    assert budget.total <= budget.visible
    if serving.kv_cache_bytes is None:
        assert budget.engine + budget.kv_cache <= budget.usable
    assert pool.request_bytes(serving.context) * serving.concurrency <= budget.kv_cache
    assert planned.max_concurrent_requests >= serving.concurrency
    assert planned.gpus_per_replica <= place.gpus * place.nodes


@settings(max_examples=60, deadline=None)
@given(model=_models, place=_places, serving=_servings, more=st.integers(1, 50_000))
def test_asking_for_more_never_makes_it_fit(
    model: Architecture, place: Place, serving: Serving, more: int
) -> None:
    if fit(model, place, serving, _CATALOG).fits:
        return
    context = serving.context + more
    if context <= model.max_context:
        assert not fit(model, place, replace(serving, context=context), _CATALOG).fits
    crowded = replace(serving, concurrency=serving.concurrency + more)
    assert not fit(model, place, crowded, _CATALOG).fits
    assert not fit(model, place, replace(serving, kv_bits=16), _CATALOG).fits


@settings(max_examples=60, deadline=None)
@given(model=_models, serving=_servings, more=st.integers(1, 50_000))
def test_larger_never_needs_less(model: Architecture, serving: Serving, more: int) -> None:
    pool = pool_of(model, serving)
    longer = serving.context + more
    assert pool.request_bytes(longer) >= pool.request_bytes(serving.context)
    wide = pool_of(model, replace(serving, kv_bits=16))
    narrow = pool_of(model, replace(serving, kv_bits=8))
    assert wide.request_bytes(serving.context) == 2 * narrow.request_bytes(serving.context)
    step = activation_peaks(model, serving).largest
    more_tokens = replace(serving, batched_tokens=serving.batched_tokens + more)
    more_requests = replace(serving, sequences=serving.sequences + more)
    assert activation_peaks(model, more_tokens).largest >= step
    assert activation_peaks(model, more_requests).largest >= step
    plain = weight_bytes_per_gpu(model, replace(serving, storage=STORAGES["bf16"]))
    assert plain >= weight_bytes_per_gpu(model, replace(serving, storage=STORAGES["fp8"]))
    twice = replace(serving, tensor_parallel=2 * serving.tensor_parallel)
    assert weight_bytes_per_gpu(model, twice) <= weight_bytes_per_gpu(model, serving)


@settings(max_examples=60, deadline=None)
@given(model=_models, serving=_servings, size=st.integers(0, 10**11))
def test_the_longest_context_fits_and_one_block_more_does_not(
    model: Architecture, serving: Serving, size: int
) -> None:
    pool = pool_of(model, serving)
    longest = pool.longest(size, 200_000)
    assert longest == 0 or pool.request_bytes(longest) <= size
    assert longest == 200_000 or pool.request_bytes(longest + 1) > size
