"""A real API server takes every pool's objects by Karpenter's own CRDs, rules in CEL included."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from tests.support.karpenter_cases import POOLS, objects
from tests.support.karpenter_crds import karpenter_crds
from tests.support.kube import Kube
from tools.cluster.operators.operator import LABEL


@pytest.fixture(scope="module")
def api(kube: Kube) -> Generator[Kube]:
    """With the CRDs, unless it has them already; then without."""
    crds = karpenter_crds()
    names = [crd["metadata"]["name"] for crd in crds]
    if kube.run("get", "crd", *names).returncode == 0:
        pytest.skip("the cluster has a Karpenter of its own")
    try:
        # Too long for the annotation of a client-side apply.
        for crd in crds:
            crd["metadata"].setdefault("labels", {})[LABEL] = "karpenter"
            done = kube.run("create", "--filename=-", content=crd)
            assert done.returncode == 0, done.stderr
        done = kube.run("wait", "--for=condition=established", "crd", *names, "--timeout=60s")
        assert done.returncode == 0, done.stderr
        yield kube
    finally:
        kube.run("delete", "crd", *names, "--ignore-not-found", "--timeout=60s")


@pytest.mark.parametrize("name", [name for name in POOLS if name != "auto"])
def test_the_api_takes_a_pools_objects(api: Kube, name: str) -> None:
    for made in objects(name):
        done = _dry_run(api, made)
        assert done.returncode == 0, done.stderr


def test_the_api_refuses_a_class_with_a_role_and_a_profile(api: Kube) -> None:
    node_class = objects("cpu")[0]
    node_class["spec"]["role"] = "nodes"
    done = _dry_run(api, node_class)
    assert "must specify exactly one of ['role', 'instanceProfile']" in done.stderr


def _dry_run(api: Kube, made: Any) -> Any:
    options = ("--dry-run=server", "--validate=strict", "--filename=-")
    return api.run("create", *options, content=made)
