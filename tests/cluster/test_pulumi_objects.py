"""Pulumi's own Kubernetes provider on the cluster: objects by type token, without the SDK."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support.kube import Kube
from tests.support.pulumi_stack import Outcome, PulumiStack

PROGRAM = Path(__file__).parent / "programs" / "objects"


@pytest.fixture(scope="module")
def made(
    kube: Kube, hello: str, providers: None, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[PulumiStack, Outcome]]:
    """A stack after its first `up`, and what that did."""
    namespace = f"slipway-test-{uuid4().hex[:8]}"
    stack = PulumiStack(
        folder=tmp_path_factory.mktemp("objects"),
        main=PROGRAM,
        project="objects",
        config={"objects:namespace": namespace, "objects:image": hello, "objects:word": "one"},
        variables={"KUBECONFIG": str(kube.kubeconfig)},
    )
    try:
        yield stack, stack.up()
    finally:
        kube.run("delete", "namespace", namespace, "--ignore-not-found", "--wait=false")


def test_up_makes_the_objects_and_waits_until_they_run(
    kube: Kube, made: tuple[PulumiStack, Outcome]
) -> None:
    stack, first = made
    kinds = {"namespace", "configmap", "deployment"}
    assert {name: first.operations.get(name) for name in kinds} == dict.fromkeys(kinds, "create")
    deployment = found(kube, stack, "deployment")
    assert deployment["status"]["readyReplicas"] == 1
    assert found(kube, stack, "configmap")["data"] == {"word": "one"}


def test_a_second_up_changes_nothing(made: tuple[PulumiStack, Outcome]) -> None:
    assert made[0].up().operations == {}


def test_destroy_leaves_no_namespace(kube: Kube, made: tuple[PulumiStack, Outcome]) -> None:
    stack, _ = made
    stack.destroy()
    namespace = stack.config["objects:namespace"]
    assert "NotFound" in kube.run("get", "namespace", namespace).stderr


def found(kube: Kube, stack: PulumiStack, kind: str) -> dict[str, Any]:
    return kube.get(kind, "hello", "--namespace", stack.config["objects:namespace"])
