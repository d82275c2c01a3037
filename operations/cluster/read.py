"""What a cluster says of one stack's objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from operations.cluster.place import Place, client

LOG_LINES = 15
Object = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Readings:
    """Objects as the API gives them, oldest first; logs by pod."""

    deployments: tuple[Object, ...] = ()
    pods: tuple[Object, ...] = ()
    jobs: tuple[Object, ...] = ()
    claims: tuple[Object, ...] = ()
    slices: tuple[Object, ...] = ()
    events: tuple[Object, ...] = ()
    """Warnings of the namespace."""
    logs: Mapping[str, str] | None = None
    """Last lines of the pods that are not ready."""


def read(place: Place, selector: Mapping[str, str]) -> Readings:
    """All that `selector` names, and the warnings around it."""
    api = client(place)

    def of(kind: str, **chosen: Any) -> tuple[Object, ...]:
        found = [item.raw for item in api.get(kind, namespace=place.namespace, **chosen)]
        return tuple(sorted(found, key=lambda item: str(item["metadata"]["creationTimestamp"])))

    labels = {"label_selector": dict(selector)}
    pods = list(api.get("pods", namespace=place.namespace, **labels))
    logs = {
        pod.name: _log(pod)
        for pod in pods
        if pod.raw["status"].get("containerStatuses") is not None
    }
    return Readings(
        deployments=of("deployments.apps", **labels),
        pods=tuple(pod.raw for pod in pods),
        jobs=of("jobs.batch", **labels),
        claims=of("persistentvolumeclaims", **labels),
        slices=of("endpointslices.discovery.k8s.io", **labels),
        events=of("events", field_selector={"type": "Warning"}),
        logs=logs,
    )


def _log(pod: Any) -> str:
    import httpx
    import kr8s

    try:
        lines = list(pod.logs(tail_lines=LOG_LINES, previous=_restarted(pod.raw)))
    except (kr8s.ServerError, httpx.HTTPError):
        return ""  # a container that never ran has none
    return "\n".join(lines)


def _restarted(pod: Object) -> bool:
    statuses = pod["status"].get("containerStatuses", ())
    return any("waiting" in s["state"] and s["restartCount"] for s in statuses)
