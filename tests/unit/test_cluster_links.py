"""The first broken link is the one that happens first, in the cluster's own words."""

from __future__ import annotations

from typing import Any

from operations.cluster.links import first_broken
from operations.cluster.read import Readings

_TIME = "2026-11-30T00:00:00Z"


def test_what_is_whole_has_no_broken_link() -> None:
    whole = Readings(pods=(_pod(ready=True),), slices=(_slice(ready=True),))
    assert first_broken(whole) is None


def test_an_image_that_cannot_be_pulled_is_named_with_its_reason() -> None:
    waiting = {"reason": "ImagePullBackOff", "message": 'Back-off pulling image "r/x@sha256:1"'}
    link = first_broken(Readings(pods=(_pod(waiting=waiting),), slices=(_slice(ready=False),)))
    assert link is not None
    assert (link.name, link.subject) == ("image", "pod/engine-0")
    assert "r/x@sha256:1" in link.said


def test_a_container_that_crashes_shows_its_end_and_its_log() -> None:
    pod = _pod(waiting={"reason": "CrashLoopBackOff"}, ended={"reason": "Error", "exitCode": 3})
    link = first_broken(Readings(pods=(pod,), logs={"engine-0": "ValueError: no model"}))
    assert link is not None
    assert link.name == "start"
    assert "exit code 3" in link.said
    assert link.said.endswith("ValueError: no model")


def test_pods_that_admission_refuses_are_found_at_their_deployment() -> None:
    said = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate"}
    deployment = {
        "metadata": _metadata("engine"),
        "spec": {"selector": {"matchLabels": {"a": "b"}}},
        "status": {"conditions": [{**said, "message": "exceeded quota: q"}]},
    }
    link = first_broken(Readings(deployments=(deployment,)))
    assert link is not None
    assert (link.name, link.said) == ("admission", "FailedCreate: exceeded quota: q")


def test_a_pod_without_a_node_comes_before_another_that_is_not_ready() -> None:
    lonely = _pod(name="engine-1", condition=("PodScheduled", "Unschedulable", "0/1 nodes"))
    link = first_broken(Readings(pods=(_pod(ready=False), lonely)))
    assert link is not None
    assert (link.name, link.subject) == ("scheduling", "pod/engine-1")
    assert link.said == "Unschedulable: 0/1 nodes"


def test_a_failing_probe_is_said_with_the_kubelets_words() -> None:
    pod = _pod(ready=False)
    event = {
        "reason": "Unhealthy",
        "message": "Readiness probe failed: 503",
        "involvedObject": {"uid": pod["metadata"]["uid"]},
    }
    link = first_broken(Readings(pods=(pod,), events=(event,)))
    assert link is not None
    assert (link.name, link.said) == ("readiness", "Readiness probe failed: 503")


def test_a_failed_job_comes_before_the_pods_that_wait_for_its_volume() -> None:
    failed = {"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}
    job = {"metadata": _metadata("fetch"), "status": {"conditions": [failed]}}
    link = first_broken(Readings(jobs=(job,), pods=(_pod(ready=False),)))
    assert link is not None
    assert (link.name, link.look) == ("job", "kubectl logs job/fetch")


def test_a_service_without_a_ready_address_is_the_last_link() -> None:
    link = first_broken(Readings(pods=(_pod(ready=True),), slices=(_slice(ready=False),)))
    assert link is not None
    assert (link.name, link.subject) == ("service", "service/engine")


def _pod(
    *,
    name: str = "engine-0",
    ready: bool = False,
    waiting: dict[str, Any] | None = None,
    ended: dict[str, Any] | None = None,
    condition: tuple[str, str, str] | None = None,
) -> dict[str, Any]:
    conditions = [{"type": "Ready", "status": "True" if ready else "False"}]
    if condition:
        kind, reason, message = condition
        conditions = [{"type": kind, "status": "False", "reason": reason, "message": message}]
    container = {
        "state": {"waiting": waiting} if waiting else {"running": {}},
        "lastState": {"terminated": ended} if ended else {},
        "restartCount": 1 if ended else 0,
    }
    return {
        "metadata": _metadata(name),
        "status": {
            "phase": "Running",
            "conditions": conditions,
            "containerStatuses": [container],
        },
    }


def _slice(*, ready: bool) -> dict[str, Any]:
    labels = {"kubernetes.io/service-name": "engine"}
    return {
        "metadata": {**_metadata("engine-x"), "labels": labels},
        "endpoints": [{"conditions": {"ready": ready}}],
    }


def _metadata(name: str) -> dict[str, Any]:
    return {"name": name, "uid": f"uid-{name}", "creationTimestamp": _TIME}
