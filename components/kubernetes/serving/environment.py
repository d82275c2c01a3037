"""Variables of the engine's container."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.kubernetes.serving.hub_token import TOKEN_FILE, reads_hub
from components.specs.cluster import WorkloadSpec


def environment(workload: WorkloadSpec) -> list[Manifest]:
    """By name, the plan's and the store's: the same variables in the same order give one pod."""
    values = {**workload.container.env, **_of_store(workload)}
    return [{"name": name, "value": values[name]} for name in sorted(values)]


def _of_store(workload: WorkloadSpec) -> dict[str, str]:
    if not reads_hub(workload):
        # A start must not fail because somebody else's service does.
        return {"HF_HUB_OFFLINE": "1"}
    return {"HF_TOKEN_PATH": TOKEN_FILE} if workload.hub_token_secret else {}
