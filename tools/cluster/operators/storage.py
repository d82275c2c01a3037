"""Rancher's local path provisioner: a default storage class of folders on the one node."""

from __future__ import annotations

import json
from collections.abc import Mapping

import yaml

from tools.cluster.operators.operator import Manifest, Operator, labelled, run_here
from tools.cluster.standins.storage import PROGRAMS

STORAGE_CLASS = "local-path"
_PROVISIONER, _HELPER = "local-path-provisioner", "busybox"
_DEFAULT = "storageclass.kubernetes.io/is-default-class"
# In the cluster's own /var/lib. Shared by all nodes, since there is one: so any access mode goes.
_FOLDERS = {"sharedFileSystemPath": "/var/lib/slipway-volumes"}


def _manifests(images: Mapping[str, str]) -> list[Manifest]:
    return [_adapted(each, images) for each in labelled("storage", PROGRAMS.published())]


def _adapted(manifest: Manifest, images: Mapping[str, str]) -> Manifest:
    match manifest["kind"]:
        case "Deployment":
            return run_here(manifest, images[_PROVISIONER])
        case "StorageClass":
            manifest["metadata"]["annotations"] = {_DEFAULT: "true"}
        case "ConfigMap":
            data = manifest["data"]
            helper = yaml.safe_load(data["helperPod.yaml"])
            helper["spec"]["containers"][0]["image"] = images[_HELPER]
            data["helperPod.yaml"] = json.dumps(helper)
            data["config.json"] = json.dumps(_FOLDERS)
        case _:
            pass
    return manifest


STORAGE = Operator(
    name="storage",
    namespace="local-path-storage",
    stand_ins=(_PROVISIONER, _HELPER),
    manifests=_manifests,
)
