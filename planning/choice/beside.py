"""Models of Triton's repository that share a replica with the one that is planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor

from planning.memory.budget import Budget
from planning.problems import Problem

_GIB = 1 << 30
PROCESS = 2 * _GIB
"""RAM of an instance whose memory is a GPU's: as of an engine's worker, a choice."""
SHARED = _GIB
"""Of /dev/shm: tensors pass through it between Triton and its Python models. A choice."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One model, as the stack file says."""

    path: str
    """Of its entry."""
    name: str
    on_gpu: bool
    instances: int
    """In all; with `on_gpu` on each GPU of a replica."""
    instance_bytes: int
    """Of one: of a GPU's memory, or of RAM."""

    @property
    def bytes(self) -> int:
        """Of all instances; with `on_gpu` on each GPU."""
        return self.instances * self.instance_bytes


def beside_problems(
    beside: Iterable[Beside], budget: Budget, utilization: float
) -> Iterator[Problem]:
    """Which of them has no room on the GPUs that the engine has taken its part of.

    An error where it is sure; a warning where only the engine's CUDA graphs might need the room.
    """
    taken = budget.total
    for one in beside:
        if not one.on_gpu:
            continue
        taken += one.bytes
        if taken + budget.left_over > budget.visible:
            over = taken + budget.left_over - budget.visible
            share = floor((utilization - over / budget.visible) * 100) / 100
            yield Problem(
                path=f"{one.path}.instances",
                code="repository-too-large",
                got=f"{one.name}: {one.instances} x {_gib(one.instance_bytes)} on each GPU, "
                f"{_gib(taken)} with all before it, and up to {_gib(budget.left_over)} for CUDA "
                "graphs",
                allowed=f"at most {_gib(budget.visible)}, of which the language model's engine "
                f"takes {utilization:g}",
                fixes=(
                    *((f"write engine.gpuMemoryUtilization: {share:g}",) if share > 0 else ()),
                    "or fewer instances, or larger GPUs",
                ),
                severity="error" if taken > budget.visible else "warning",
            )


def host_bytes(beside: Iterable[Beside], gpus: int) -> int:
    """RAM of a replica with so many GPUs on a node, their part of shared memory included."""
    each = [one.instances * gpus * PROCESS if one.on_gpu else one.bytes for one in beside]
    return sum(each) + SHARED if each else 0


def _gib(size: int) -> str:
    return f"{size / _GIB:.2f} GiB"
