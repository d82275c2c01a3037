"""kwok by the manifests of its release: nodes and pods that say what real ones would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.cluster.operators.operator import Manifest, Operator, labelled, moved, run_here
from tools.cluster.standins.kwok import PROGRAMS

_NAME = "kwok"
_ANNOTATION = "kwok.x-k8s.io/node"
_FAKE = ({"key": _ANNOTATION, "value": "fake", "effect": "NoSchedule"},)


def fake_node(
    name: str,
    resources: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
    taints: Sequence[Mapping[str, str]] = _FAKE,
) -> Manifest:
    """A node that is kept Ready.

    `resources` are Kubernetes quantities, such as {"cpu": "96", "nvidia.com/gpu": "8"}. `taints`
    keep those away that are meant to run: here they would only say so.
    """
    offered = {"pods": "110", **resources}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "annotations": {_ANNOTATION: "fake"},
            "labels": {"kubernetes.io/hostname": name, **(labels or {})},
        },
        "spec": {"taints": [dict(taint) for taint in taints]},
        "status": {"allocatable": offered, "capacity": offered},
    }


def _manifests(images: Mapping[str, str]) -> list[Manifest]:
    return [
        run_here(manifest, images[_NAME]) if manifest["kind"] == "Deployment" else manifest
        for manifest in labelled(_NAME, moved(PROGRAMS.published(), _NAME))
    ]


KWOK = Operator(name=_NAME, namespace=_NAME, stand_ins=(_NAME,), manifests=_manifests)
