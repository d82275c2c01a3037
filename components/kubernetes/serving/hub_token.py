"""The token that opens gated models: a file in the pods that ask the hub, in no other."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.specs.cluster import WorkloadSpec

_FOLDER = "/run/secrets/slipway/hub"
_VOLUME = "hub-token"
TOKEN_FILE = f"{_FOLDER}/token"


def reads_hub(workload: WorkloadSpec) -> bool:
    """Whether a starting replica fetches its weights from the hub."""
    return workload.store.kind in ("fetched", "node")


def token_volumes(secret: str | None) -> list[Manifest]:
    """Volumes of a pod that asks the hub; `secret` is the name of a Secret with a key `token`."""
    if secret is None:
        return []
    source = {
        "secretName": secret,
        "defaultMode": 0o440,
        "items": [{"key": "token", "path": "token"}],
    }
    return [{"name": _VOLUME, "secret": source}]


def token_mounts(secret: str | None) -> list[Manifest]:
    return [{"name": _VOLUME, "mountPath": _FOLDER, "readOnly": True}] if secret else []
