"""Which objects others lean on: made first, removed last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from components.cluster.objects import Manifest

_GROUND = frozenset(
    {
        "ConfigMap",
        "LimitRange",
        "NetworkPolicy",
        "PersistentVolumeClaim",
        "PriorityClass",
        "ResourceQuota",
        "Secret",
        "Service",
        "ServiceAccount",
    }
)
_RUNNING = frozenset({"Deployment", "LeaderWorkerSet", "StatefulSet"})


def waves(manifests: Iterable[Manifest]) -> Sequence[tuple[Manifest, ...]]:
    """Namespace; what pods mount, use and are reached by; jobs; what runs; what looks after it.

    Each wave waits for the one before. A Service is of the second: pods find each other by it.
    """
    ordered: list[list[Manifest]] = [[], [], [], [], []]
    for manifest in manifests:
        ordered[_wave(manifest)].append(manifest)
    return [tuple(wave) for wave in ordered if wave]


def _wave(manifest: Manifest) -> int:
    kind: Any = manifest["kind"]
    if kind == "Namespace":
        return 0
    if kind in _GROUND:
        return 1
    if kind == "Job":
        return 2
    return 3 if kind in _RUNNING else 4
