"""ONNX Runtime on a node's CPU: memory against what the node leaves to Pods."""

from __future__ import annotations

from collections.abc import Iterator

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.host import Host, memory_left
from planning.choice.site import Site
from planning.choice.space import Point
from planning.choice.wanted import Wanted
from planning.fit import Memory, replica_memory
from planning.onnx import onnx_process
from planning.problems import Problem

_GIB = 1 << 30


def cpu_memory(model: Architecture, wanted: Wanted, point: Point, catalog: Catalog) -> Memory:
    """Of one replica (planning/fit.py), with a row of the KV cache for each request at once."""
    return replica_memory(
        model,
        quantization=catalog.quantizations[point.quantization].value,
        process=onnx_process(catalog),
        kv_bits=point.kv_bits,
        rows=wanted.sequences or wanted.concurrency,
        context=wanted.context,
    )


def cpu_host(memory: Memory, site: Site, replicas: int) -> Host:
    return Host(
        memory_needed=replicas * memory.replica,
        memory_there=memory_left(site),
        shared_memory_bytes=0,
        checkpoint_bytes=memory.artefact,
        image_bytes=None,
        disk_there=site.disk_bytes,
    )


def cpu_problems(
    model: Architecture, wanted: Wanted, memory: Memory, site: Site
) -> Iterator[Problem]:
    """On `local` the checks of the machine itself say more, of memory too."""
    there = memory_left(site)
    if wanted.context > model.max_context:
        yield Problem(
            path="slipway:model.maxContext",
            code="context-beyond-model",
            got=f"{wanted.context} tokens",
            allowed=f"at most {model.max_context}, what the model's positions reach",
            fixes=(f"write {model.max_context}",),
        )
    rows = wanted.sequences or wanted.concurrency
    if wanted.concurrency > rows:
        yield Problem(
            path="slipway:engine.maxConcurrent",
            code="concurrency-too-high",
            got=f"{wanted.concurrency} requests at once",
            allowed=f"at most {rows}, the rows of the KV cache",
            fixes=(f"write {wanted.concurrency}",),
        )
    if there is not None and memory.replica > there:
        yield Problem(
            path="slipway:pools[0].instanceType",
            code="host-memory-too-small",
            got=f"{_gib(memory.replica)} of RAM: weights {_gib(memory.weights)}, KV cache "
            f"{_gib(memory.kv_cache)}, the process {_gib(memory.runtime)}",
            allowed=f"{_gib(there)}, what {site.name} "
            + ("has" if site.hf_hardware else "leaves to Pods"),
            fixes=("take a size with more memory",),
        )


def _gib(size: int) -> str:
    return f"{size / _GIB:.2f} GiB"
