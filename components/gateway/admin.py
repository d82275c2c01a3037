"""Reading Envoy's admin interface: which replicas really get requests."""

from __future__ import annotations

import json
from typing import Any

from components.gateway.clusters import ENGINE


def serving_sockets(clusters: str | bytes) -> frozenset[str]:
    """Sockets of the replicas that get requests now, from the answer of `/clusters?format=json`.

    A replica newly written to `endpoints.json` is in it once its first health check passed, so a
    replacement is safe in two steps: add the new one, wait until it is here, take the old one out.
    """
    statuses: list[dict[str, Any]] = json.loads(clusters).get("cluster_statuses", [])
    return frozenset(
        host["address"]["pipe"]["path"]
        for cluster in statuses
        if cluster["name"] == ENGINE
        for host in cluster.get("host_statuses", [])
        if _serves(host["health_status"])
    )


def _serves(health: dict[str, object]) -> bool:
    # All other fields are flags that Envoy shows only while they are set.
    return not any(value for name, value in health.items() if name != "eds_health_status")
