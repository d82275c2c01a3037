"""Operators on the cluster for as long as tests need them, and nothing of them afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Generator, Iterable
from contextlib import contextmanager

import pytest

from tests.support.kube import Kube, eventually
from tools.cluster.operators.operator import LABEL, Manifest, Operator
from tools.cluster.standins.ensure import ensure

_SECONDS = 110
_CRD = "CustomResourceDefinition"
_FIRST = {"Namespace", _CRD}
"""What others need to be there."""


@contextmanager
def installed(kube: Kube, operator: Operator) -> Generator[None]:
    """The operator ready to use. One that was there before stays as it is."""
    if kube.run("get", "namespace", operator.namespace).returncode == 0:
        yield
        return
    if not kube.own:
        pytest.skip(f"needs {operator.name} in the namespace {operator.namespace}")
    try:
        _install(kube, operator)
        yield
    finally:
        _remove(kube, operator)


def left(kube: Kube, operator: Operator) -> list[str]:
    """Names of what of the operator is on the cluster, in and outside its namespace."""
    return eventually(lambda: _found(kube, operator), "kinds that stay while they are asked for")[0]


def _install(kube: Kube, operator: Operator) -> None:
    manifests = operator.manifests(ensure(operator.stand_ins))
    first = [manifest for manifest in manifests if manifest["kind"] in _FIRST]
    _apply(kube, first)
    if any(manifest["kind"] == _CRD for manifest in first):
        # kubectl fails on a definition so new that it has no conditions yet.
        eventually(lambda: _established(kube, operator), "definitions that are established")
    if others := [manifest for manifest in manifests if manifest not in first]:
        _apply(kube, others)
        _wait(kube, "available", "deployment", "--all", f"--namespace={operator.namespace}")
    for what in operator.serves:
        _wait(kube, "available", what, f"--namespace={operator.namespace}")


def _remove(kube: Kube, operator: Operator) -> None:
    """Resources of its kinds go first, while it can still undo what they asked for."""
    mine = f"--selector={LABEL}={operator.name}"
    for kind in ("crd", "apiservice", "namespace"):
        _checked(kube.run("delete", kind, mine, "--ignore-not-found", f"--timeout={_SECONDS}s"))
    for kind in _kinds_left(kube, operator):
        _checked(kube.run("delete", kind, mine, "--all-namespaces", "--ignore-not-found"))
    assert left(kube, operator) == [], f"{operator.name} is removed without a rest"


def _found(kube: Kube, operator: Operator) -> tuple[list[str]] | None:
    """None where another test takes a kind away between the two questions."""
    done = kube.run("api-resources", "--verbs=list", "--output=name")
    kinds = ",".join(done.stdout.split())
    selected = ("--all-namespaces", f"--selector={LABEL}={operator.name}", "--output=name")
    found = kube.run("get", kinds, *selected)
    return None if done.returncode or found.returncode else (found.stdout.split(),)


def _kinds_left(kube: Kube, operator: Operator) -> Iterable[str]:
    return sorted({name.rpartition("/")[0] for name in left(kube, operator)})


def _apply(kube: Kube, manifests: list[Manifest]) -> None:
    # Client-side apply would copy each manifest into an annotation, too large for some CRDs.
    content = {"apiVersion": "v1", "kind": "List", "items": manifests}
    _checked(kube.run("apply", "--server-side", "--filename=-", content=content))


def _wait(kube: Kube, condition: str, *what: str) -> None:
    _checked(kube.run("wait", f"--for=condition={condition}", *what, f"--timeout={_SECONDS}s"))


def _established(kube: Kube, operator: Operator) -> bool:
    mine = ("crd", f"--selector={LABEL}={operator.name}")
    return kube.run("wait", "--for=condition=established", *mine, "--timeout=10s").returncode == 0


def _checked(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr
