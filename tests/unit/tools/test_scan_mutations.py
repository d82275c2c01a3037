"""Every hardening that is taken back in one object is found by one of the scanners."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from components.kubernetes.manifest import Manifest
from tests.support.kubernetes_specs import gpu_spec
from tests.support.manifests import as_yaml, of_kind, rendered_stack
from tools.scan import checkov, exceptions, schemas, users

Flip = Callable[[dict[str, Any], dict[str, Any]], object]
"""Of a pod's spec and its container's."""


def _set(side: str, path: str, value: object) -> Flip:
    def flip(pod: dict[str, Any], container: dict[str, Any]) -> None:
        at = pod if side == "pod" else container
        *steps, last = path.split(".")
        for step in steps:
            at = at.setdefault(step, {})
        at[last] = value

    return flip


def _drop(side: str, path: str) -> Flip:
    def flip(pod: dict[str, Any], container: dict[str, Any]) -> None:
        at = pod if side == "pod" else container
        *steps, last = path.split(".")
        for step in steps:
            at = at[step]
        at.pop(last, None)

    return flip


FLIPS: dict[str, Flip] = {
    "privileged": _set("container", "securityContext.privileged", True),
    "escalation": _set("container", "securityContext.allowPrivilegeEscalation", True),
    "escalation not said": _drop("container", "securityContext.allowPrivilegeEscalation"),
    "capability added": _set("container", "securityContext.capabilities.add", ["SYS_ADMIN"]),
    "network raw": _set("container", "securityContext.capabilities", {"add": ["NET_RAW"]}),
    "capabilities kept": _drop("container", "securityContext.capabilities"),
    "writable root": _set("container", "securityContext.readOnlyRootFilesystem", False),
    "root file system not said": _drop("container", "securityContext.readOnlyRootFilesystem"),
    "no security context": _drop("container", "securityContext"),
    "root allowed": _set("pod", "securityContext.runAsNonRoot", False),
    "low user": _set("pod", "securityContext.runAsUser", 1),
    "seccomp off": _set("pod", "securityContext.seccompProfile.type", "Unconfined"),
    "seccomp not said": _drop("pod", "securityContext.seccompProfile"),
    "token": _set("pod", "automountServiceAccountToken", True),
    "token not said": _drop("pod", "automountServiceAccountToken"),
    "host network": _set("pod", "hostNetwork", True),
    "host processes": _set("pod", "hostPID", True),
    "host memory": _set("pod", "hostIPC", True),
    "a tag that moves": _set("container", "image", "registry.example.com/engine:1"),
    "no tag": _set("container", "image", "registry.example.com/engine"),
    "memory not limited": _drop("container", "resources.limits.memory"),
    "memory not requested": _drop("container", "resources.requests.memory"),
    "CPU not requested": _drop("container", "resources.requests.cpu"),
    "a port of the node": _set("container", "ports", [{"containerPort": 8000, "hostPort": 8000}]),
    "a secret in a variable": _set(
        "container",
        "env",
        [{"name": "T", "valueFrom": {"secretKeyRef": {"name": "hub", "key": "token"}}}],
    ),
    "a misspelt key": _set("container", "securityContext.readOnlyRootFileSystem", True),
}
ONLY_OF_SERVERS: dict[str, Flip] = {
    "no liveness": _drop("container", "livenessProbe"),
    "no readiness": _drop("container", "readinessProbe"),
}
OBJECTS = rendered_stack(gpu_spec())
POLICIES = of_kind(OBJECTS, "NetworkPolicy")
WORKLOADS = [*of_kind(OBJECTS, "Deployment"), *of_kind(OBJECTS, "Job")]


def test_at_least_95_of_100_flips_are_found(tmp_path: Path) -> None:
    flips = dict(_flipped())
    assert len(flips) >= 60
    _written(tmp_path, {"policies": POLICIES, **flips})
    kept = exceptions.excepted()
    found = [f for f in checkov.findings(tmp_path) if f.check not in kept]
    unseen = flips.keys() - {finding.where.partition(".")[0] for finding in found}
    second = tmp_path / "unseen"
    second.mkdir()
    _written(second, {name: flips[name] for name in unseen})
    others = (*schemas.problems(second)[0], *users.problems(second))
    unseen -= {problem.partition(".")[0] for problem in others}
    assert len(unseen) <= 0.05 * len(flips), unseen


def test_nothing_is_found_where_nothing_is_flipped(tmp_path: Path) -> None:
    _written(tmp_path, {"policies": POLICIES, "workloads": WORKLOADS})
    assert {finding.check for finding in checkov.findings(tmp_path)} <= exceptions.excepted()
    assert schemas.problems(tmp_path)[0] == []
    assert users.problems(tmp_path) == []


def _flipped() -> Iterator[tuple[str, list[Manifest]]]:
    """One workload each with one thing changed."""
    for workload in WORKLOADS:
        of_server = ONLY_OF_SERVERS if workload["kind"] == "Deployment" else {}
        for what, flip in {**FLIPS, **of_server}.items():
            changed = copy.deepcopy(workload)
            pod = changed["spec"]["template"]["spec"]
            flip(pod, pod["containers"][0])
            yield f"{workload['metadata']['name']} {what}", [changed]


def _written(folder: Path, files: dict[str, list[Manifest]]) -> None:
    for name, objects in files.items():
        (folder / f"{name}.yaml").write_text(as_yaml(objects))
