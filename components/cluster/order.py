"""Which objects others lean on: made first, removed last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from components.cluster.objects import Manifest
from components.kubernetes.manifest import COMPONENT

RUNNING = frozenset({"Deployment", "LeaderWorkerSet"})
_GROUND = frozenset(
    {
        "ConfigMap",
        "ExternalSecret",
        "IngressClass",
        "IngressClassParams",
        "InferencePool",
        "NetworkPolicy",
        "PersistentVolumeClaim",
        "ResourceQuota",
        "Role",
        "RoleBinding",
        "Secret",
        "SecretStore",
        "Service",
        "ServiceAccount",
    }
)


def waves(manifests: Iterable[Manifest]) -> Sequence[tuple[Manifest, ...]]:
    """Each wave waits for the one before.

    Namespace; what pods mount, use and are found by; jobs; engines and what a gateway asks; the
    gateway, so that the first request finds something behind it; what looks after all of them.
    """
    ordered = sorted(manifests, key=_wave)
    return [tuple(wave) for _, wave in groupby(ordered, key=_wave)]


def _wave(manifest: Manifest) -> int:
    kind = manifest["kind"]
    if kind == "Namespace":
        return 0
    if kind in _GROUND:
        return 1
    if kind == "Job":
        return 2
    if kind in RUNNING:
        return 4 if manifest["metadata"]["labels"].get(COMPONENT) == "gateway" else 3
    return 5
