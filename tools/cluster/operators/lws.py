"""LeaderWorkerSet by the manifests of its release: replicas of several pods each."""

from __future__ import annotations

from collections.abc import Mapping

from tools.cluster.operators.operator import Manifest, Operator, labelled, run_here
from tools.cluster.standins.lws import PROGRAMS

_NAME = "lws"


def _manifests(images: Mapping[str, str]) -> list[Manifest]:
    return [_adapted(manifest, images[_NAME]) for manifest in labelled(_NAME, PROGRAMS.published())]


def _adapted(manifest: Manifest, image: str) -> Manifest:
    if manifest["kind"] != "Deployment":
        return manifest
    manifest["spec"]["replicas"] = 1  # the node is one
    return run_here(manifest, image)


LWS = Operator(name=_NAME, namespace="lws-system", stand_ins=(_NAME,), manifests=_manifests)
