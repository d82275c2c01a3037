"""KEDA by the manifests of its release: operator and metrics API server, no admission webhooks."""

from __future__ import annotations

from collections.abc import Mapping

from tools.cluster.operators.operator import Manifest, Operator, labelled, run_here
from tools.cluster.standins.keda import PROGRAMS

_IMAGES = {"keda-operator": "keda", "keda-metrics-apiserver": "keda-metrics-apiserver"}
"""Deployment -> stand-in."""


def _manifests(images: Mapping[str, str]) -> list[Manifest]:
    return [
        run_here(manifest, images[_IMAGES[manifest["metadata"]["name"]]])
        if manifest["kind"] == "Deployment"
        else manifest
        for manifest in labelled("keda", PROGRAMS.published())
    ]


KEDA = Operator(
    name="keda",
    namespace="keda",
    stand_ins=tuple(_IMAGES.values()),
    manifests=_manifests,
    serves=("apiservice/v1beta1.external.metrics.k8s.io",),
)
