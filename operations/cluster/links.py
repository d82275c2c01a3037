"""The first broken link of the chain from an image to an answer, from what a cluster says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from operations.cluster.read import Object, Readings

_PULLING = ("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull")
_RESTARTING = ("CrashLoopBackOff", "RunContainerError", "CreateContainerError")
_CONFIGURING = ("CreateContainerConfigError",)
_MESSAGE = 600


@dataclass(frozen=True, kw_only=True)
class Link:
    """What is broken, in whose words, and where to look on."""

    name: str
    subject: str
    """`<kind>/<name>`."""
    said: str
    look: str


def first_broken(readings: Readings) -> Link | None:
    """In the order in which things happen; None: all that is looked at holds."""
    return next(_broken(readings), None)


def _broken(readings: Readings) -> Iterator[Link]:
    yield from _claims(readings)
    yield from _jobs(readings)
    yield from _admission(readings)
    for pod in readings.pods:
        yield from _scheduling(pod)
    for pod in readings.pods:
        yield from _containers(pod, readings)
    for pod in readings.pods:
        yield from _readiness(pod, readings)
    yield from _addresses(readings)


def _claims(readings: Readings) -> Iterator[Link]:
    for claim in readings.claims:
        warned = _warning(readings, claim, "ProvisioningFailed")
        if claim["status"].get("phase") == "Lost" or warned:
            yield Link(
                name="volume",
                subject=_subject("pvc", claim),
                said=warned or "its volume is lost",
                look=f"kubectl describe pvc {_name(claim)}",
            )


def _jobs(readings: Readings) -> Iterator[Link]:
    for job in readings.jobs:
        for condition in job["status"].get("conditions", ()):
            if condition["type"] == "Failed" and condition["status"] == "True":
                yield Link(
                    name="job",
                    subject=_subject("job", job),
                    said=_said(condition),
                    look=f"kubectl logs job/{_name(job)}",
                )


def _admission(readings: Readings) -> Iterator[Link]:
    for deployment in readings.deployments:
        for condition in deployment["status"].get("conditions", ()):
            if condition["type"] == "ReplicaFailure" and condition["status"] == "True":
                yield Link(
                    name="admission",
                    subject=_subject("deployment", deployment),
                    said=_said(condition),
                    look=f"kubectl describe replicasets --selector {_selector(deployment)}",
                )


def _scheduling(pod: Object) -> Iterator[Link]:
    for condition in pod["status"].get("conditions", ()):
        if condition["type"] == "PodScheduled" and condition["status"] == "False":
            yield Link(
                name="scheduling",
                subject=_subject("pod", pod),
                said=_said(condition),
                look="kubectl describe nodes",
            )


def _containers(pod: Object, readings: Readings) -> Iterator[Link]:
    status = pod["status"]
    for container in (
        *status.get("initContainerStatuses", ()),
        *status.get("containerStatuses", ()),
    ):
        waiting = container["state"].get("waiting")
        if waiting is None:
            continue
        reason = waiting.get("reason", "")
        name = next(
            (
                name
                for name, reasons in (
                    ("image", _PULLING),
                    ("configuration", _CONFIGURING),
                    ("start", _RESTARTING),
                )
                if reason in reasons
            ),
            None,
        )
        if name is not None:
            words = [
                _said(waiting),
                _ended(container),
                _log(pod, readings) if name == "start" else "",
            ]
            yield Link(
                name=name,
                subject=_subject("pod", pod),
                said="\n".join(filter(None, words)),
                look=f"kubectl describe pod {_name(pod)}",
            )


def _readiness(pod: Object, readings: Readings) -> Iterator[Link]:
    if pod["metadata"].get("deletionTimestamp") or pod["status"].get("phase") != "Running":
        return
    for condition in pod["status"].get("conditions", ()):
        if condition["type"] == "Ready" and condition["status"] == "False":
            words = [_warning(readings, pod, "Unhealthy") or _said(condition), _log(pod, readings)]
            yield Link(
                name="readiness",
                subject=_subject("pod", pod),
                said="\n".join(filter(None, words)),
                look=f"kubectl logs {_name(pod)}",
            )


def _addresses(readings: Readings) -> Iterator[Link]:
    by_service: dict[str, list[Object]] = {}
    for found in readings.slices:
        by_service.setdefault(found["metadata"]["labels"]["kubernetes.io/service-name"], []).append(
            found
        )
    for service, slices in by_service.items():
        endpoints = [e for found in slices for e in found.get("endpoints") or ()]
        if not any(e.get("conditions", {}).get("ready") for e in endpoints):
            yield Link(
                name="service",
                subject=f"service/{service}",
                said="no ready address",
                look=f"kubectl get endpointslices --selector kubernetes.io/service-name={service}",
            )


def _warning(readings: Readings, item: Object, reason: str) -> str | None:
    said = [
        str(event.get("message"))
        for event in readings.events
        if event["reason"] == reason
        and event["involvedObject"].get("uid") == item["metadata"]["uid"]
    ]
    return said[-1][:_MESSAGE] if said else None


def _ended(container: Object) -> str:
    ended: dict[str, Any] | None = container.get("lastState", {}).get("terminated")
    return f"ended with {ended.get('reason')}, exit code {ended['exitCode']}" if ended else ""


def _log(pod: Object, readings: Readings) -> str:
    return (readings.logs or {}).get(_name(pod), "")


def _said(condition: Object) -> str:
    words = (condition.get("reason"), condition.get("message"))
    return ": ".join(word for word in words if word)[:_MESSAGE]


def _selector(item: Object) -> str:
    return ",".join(f"{k}={v}" for k, v in item["spec"]["selector"]["matchLabels"].items())


def _subject(kind: str, item: Object) -> str:
    return f"{kind}/{_name(item)}"


def _name(item: Object) -> str:
    return str(item["metadata"]["name"])
