"""A real API server takes every object of every stack, its pods under Pod Security `restricted`."""

from __future__ import annotations

import copy

import pytest

from components.kubernetes.manifest import Manifest
from tests.support.cluster_objects import applied, as_list, in_own_namespace, pods_of
from tests.support.kube import Kube
from tests.support.kubernetes_cases import cases
from tests.support.manifests import of_kind, rendered_stack
from tools.cluster.operators.operator import LABEL

CASES = cases()
OF_OPERATORS = {
    "InferencePool",
    "HTTPRoute",
    "LeaderWorkerSet",
    "ScaledObject",
    "PodMonitor",
    "ServiceMonitor",
    "PrometheusRule",
}
"""Kinds that a cluster without operators does not have; their pods are asked for all the same."""


@pytest.mark.parametrize("name", CASES)
def test_the_api_server_takes_a_stack_without_a_warning(kube: Kube, name: str) -> None:
    spec = in_own_namespace(CASES[name])
    namespace, *objects = rendered_stack(spec)
    accounts = of_kind(objects, "ServiceAccount")
    with applied(kube, [namespace, *accounts, *_priorities(objects)]):
        known = [m for m in objects if m["kind"] not in OF_OPERATORS and m not in accounts]
        for asked in (known, list(pods_of(objects))):
            done = _dry_run(kube, asked)
            assert done == "", f"{name}: {done}"


def test_a_pod_of_root_is_refused_so_the_others_were_judged(kube: Kube) -> None:
    namespace, *objects = rendered_stack(in_own_namespace(CASES["onnx"]))
    pod = next(pods_of(objects))
    root = copy.deepcopy(pod)
    root["spec"]["securityContext"]["runAsUser"] = 0
    with applied(kube, [namespace, *of_kind(objects, "ServiceAccount")]):
        assert 'violates PodSecurity "restricted' in _dry_run(kube, [root])
        assert _dry_run(kube, [pod]) == ""


def _dry_run(kube: Kube, objects: list[Manifest]) -> str:
    """What the server has against `objects`; empty where it has nothing."""
    options = ("--server-side", "--dry-run=server", "--validate=strict", "--filename=-")
    return kube.run("apply", *options, content=as_list(objects)).stderr


def _priorities(objects: list[Manifest]) -> list[Manifest]:
    """Classes that the pods name; they are the cluster's, not the stack's."""
    wanted = {pod["spec"].get("priorityClassName") for pod in pods_of(objects)} - {None}
    return [
        {
            "apiVersion": "scheduling.k8s.io/v1",
            "kind": "PriorityClass",
            "metadata": {"name": name, "labels": {LABEL: "admission"}},
            "value": 1000,
        }
        for name in wanted
    ]
