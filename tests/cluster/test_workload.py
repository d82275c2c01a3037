"""An image made here, pulled by digest, running behind a Service."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Generator
from dataclasses import dataclass

import pytest

from tests.support.kube import Kube, eventually
from tests.support.restricted import restricted_deployment

_REPLICAS = 2


@dataclass(frozen=True, kw_only=True)
class Deployed:
    namespace: str
    digest: str


@pytest.fixture(scope="module")
def deployed(kube: Kube, hello: str) -> Generator[Deployed]:
    """Two ready pods of our own image in a restricted namespace, and their Service."""
    with kube.restricted_namespace() as namespace:
        container = {
            "image": hello,
            "ports": [{"containerPort": 8080}],
            "readinessProbe": {"httpGet": {"path": "/", "port": 8080}, "periodSeconds": 1},
            "resources": {"limits": {"memory": "32Mi"}, "requests": {"cpu": "10m"}},
        }
        kube.apply(restricted_deployment(namespace, "hello", _REPLICAS, container))
        kube.apply(_service(namespace))
        eventually(lambda: len(ready(kube, namespace)) == _REPLICAS, "two ready pods")
        yield Deployed(namespace=namespace, digest=hello.rpartition("@")[2])


def test_pods_run_the_image_that_was_pushed(kube: Kube, deployed: Deployed) -> None:
    pods = kube.get("pods", "--namespace", deployed.namespace)["items"]
    running = {status["imageID"] for pod in pods for status in pod["status"]["containerStatuses"]}
    assert {name.rpartition("@")[2] for name in running} == {deployed.digest}


def test_the_service_answers_from_both_pods(kube: Kube, deployed: Deployed) -> None:
    pods = ready(kube, deployed.namespace)
    ask = asker(kube, deployed.namespace)
    eventually(lambda: {ask() for _ in range(60)} == pods, "answers from both pods, no failure")


def test_a_pod_finds_the_service_by_its_name(kube: Kube, deployed: Deployed) -> None:
    service = kube.get("service", "hello", "--namespace", deployed.namespace)
    ask = asker(kube, deployed.namespace, path="lookup/hello")
    eventually(lambda: ask() == service["spec"]["clusterIP"], "the Service's address by its name")


def test_a_deleted_pod_comes_back_and_serves(kube: Kube, deployed: Deployed) -> None:
    victim = min(ready(kube, deployed.namespace))
    done = kube.run("delete", "pod", victim, "--namespace", deployed.namespace)
    assert done.returncode == 0, done.stderr
    pods = eventually(lambda: full(ready(kube, deployed.namespace) - {victim}), "two other pods")
    ask = asker(kube, deployed.namespace)
    eventually(lambda: {ask() for _ in range(60)} == pods, "answers from both pods, no failure")


def ready(kube: Kube, namespace: str) -> set[str]:
    """Names of the pods that the Service sends requests to."""
    slices = kube.get("endpointslices", "--namespace", namespace)["items"]
    return {
        endpoint["targetRef"]["name"]
        for one in slices
        for endpoint in one["endpoints"] or ()
        if endpoint["conditions"]["ready"]
    }


def full(pods: set[str]) -> set[str] | None:
    return pods if len(pods) == _REPLICAS else None


def asker(kube: Kube, namespace: str, path: str = "") -> Callable[[], str]:
    """Asks the Service once, each time on a new connection; empty where it fails."""
    if not kube.own:
        proxy = f"/api/v1/namespaces/{namespace}/services/hello:80/proxy/{path}"
        return lambda: kube.run("get", f"--raw={proxy}").stdout.strip()
    address = kube.get("service", "hello", "--namespace", namespace)["spec"]["clusterIP"]

    def ask() -> str:
        try:
            with urllib.request.urlopen(f"http://{address}/{path}", timeout=5) as response:
                return response.read().decode().strip()
        except OSError:
            return ""

    return ask


def _service(namespace: str) -> dict[str, object]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "hello", "namespace": namespace},
        "spec": {"selector": {"app": "hello"}, "ports": [{"port": 80, "targetPort": 8080}]},
    }
