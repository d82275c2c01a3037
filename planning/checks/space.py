"""Rules: whether the machine holds the plan."""

from __future__ import annotations

from collections.abc import Iterator

from planning.fit import Memory
from planning.machine import Machine
from planning.problems import Problem
from planning.settings import Settings


def replicas_fit_memory(
    settings: Settings, memory: Memory | None, machine: Machine | None
) -> Iterator[Problem]:
    replicas = settings.scaling.fixed_replicas
    if memory is None or machine is None:
        return
    fitting = machine.memory_bytes // memory.replica
    # A rolling change starts the next replica before it stops the old one.
    if replicas <= fitting < replicas + 1:
        yield _memory(replicas + 1, memory, machine, "warning", " for a moment of every change")
    elif replicas > fitting:
        yield _memory(replicas, memory, machine, "error", "")


def _memory(count: int, memory: Memory, machine: Machine, severity: str, when: str) -> Problem:
    fitting = machine.memory_bytes // memory.replica
    total = size(count * memory.replica)
    return Problem(
        path="slipway:scaling.replicas",
        code="memory-too-small" if severity == "error" else "memory-tight",
        got=f"{count} replicas of {size(memory.replica)}, {total} in all{when}",
        allowed=f"{size(machine.memory_bytes)}, the memory of this machine",
        fixes=(
            *(
                (f"write replicas: {fitting}",)
                if 0 < fitting < count and severity == "error"
                else ()
            ),
            "lower model.maxContext or engine.maxConcurrent "
            f"(together they take {size(memory.kv_cache)} of each replica)",
        ),
        severity="error" if severity == "error" else "warning",
    )


def disk_holds_the_artefact(memory: Memory | None, machine: Machine | None) -> Iterator[Problem]:
    if memory and machine and memory.artefact > machine.disk_free_bytes:
        yield Problem(
            path="slipway:model",
            code="disk-too-small",
            got=f"an artefact of {size(memory.artefact)}",
            allowed=f"{size(machine.disk_free_bytes)}, the free space of this machine's cache",
            fixes=("free some disk space, or choose a smaller model or quantization",),
        )


def memory_is_known(settings: Settings, memory: Memory | None) -> Iterator[Problem]:
    if memory is None:
        yield Problem(
            path="slipway:model.source",
            code="memory-unknown",
            got=f'"{settings.models[0].source}", which the catalog does not know',
            allowed="a model of planning/catalog/models, for memory and context to be checked",
            fixes=(
                "write model.config: the path of its config.json",
                "or go on without the check",
            ),
            severity="warning",
        )


def size(count: int) -> str:
    """Bytes for people."""
    for unit, bits in (("Gi", 30), ("Mi", 20)):
        if count >= 1 << bits:
            return f"{count / (1 << bits):.{1 if unit == 'Gi' else 0}f} {unit}"
    return f"{count / 1024:.0f} Ki"
