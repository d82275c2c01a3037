"""A default storage class, on the cluster for as long as it is wanted."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from tests.support.kube import Kube, eventually
from tests.support.operators import installed, left
from tests.support.restricted import restricted_pod
from tools.cluster.operators.storage import STORAGE
from tools.cluster.standins.ensure import ensure


@pytest.fixture(scope="module")
def storage(kube: Kube, own: None) -> Generator[None]:
    with installed(kube, STORAGE):
        assert "storageclass.storage.k8s.io/local-path" in left(kube, STORAGE)
        yield
    assert left(kube, STORAGE) == []


def test_what_one_pod_writes_another_reads(kube: Kube, storage: None) -> None:
    with kube.restricted_namespace() as namespace:
        kube.apply(_claim(namespace))
        kube.apply(_pod(namespace, "writer", "echo weights >/model/file"))
        eventually(lambda: _succeeded(kube, namespace, "writer"), "a volume that is written to")
        kube.apply(_pod(namespace, "reader", "cat /model/file"))
        eventually(lambda: _succeeded(kube, namespace, "reader"), "the volume once more")
        assert kube.run("logs", "reader", "--namespace", namespace).stdout == "weights\n"


def test_a_volume_goes_with_its_claim(kube: Kube, storage: None) -> None:
    eventually(lambda: not kube.get("persistentvolumes")["items"], "no volume without a claim")


def _succeeded(kube: Kube, namespace: str, name: str) -> bool:
    return kube.get("pod", name, "--namespace", namespace)["status"]["phase"] == "Succeeded"


def _claim(namespace: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "model", "namespace": namespace},
        "spec": {
            "accessModes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": "1Mi"}},
        },
    }


def _pod(namespace: str, name: str, script: str) -> dict[str, Any]:
    container = {
        "image": ensure(["busybox"])["busybox"],
        "command": ["sh", "-c", script],
        "volumeMounts": [{"name": "model", "mountPath": "/model"}],
    }
    claimed = {"name": "model", "persistentVolumeClaim": {"claimName": "model"}}
    return restricted_pod(namespace, name, container, volumes=[claimed])
