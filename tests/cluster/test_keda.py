"""KEDA's operator asks a real Prometheus for a real metric and scales a real Deployment by it."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.kube import Kube, eventually
from tests.support.restricted import restricted_deployment
from tools.cluster.operators.prometheus import URL
from tools.cluster.standins.ensure import ensure

pytestmark = pytest.mark.soak
_METRIC = "slipway_test_waiting"
_PORT = 8000
_SERVER = f"""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

value = "0"

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(f"# TYPE {_METRIC} gauge\\n{_METRIC} {{value}}\\n".encode())

    def do_PUT(self):
        global value
        value = self.path.strip("/")
        self.send_response(204)
        self.end_headers()

ThreadingHTTPServer(("", {_PORT}), Handler).serve_forever()
"""
"""A gauge: `PUT /7` sets it, any GET shows it."""


@dataclass(frozen=True, kw_only=True)
class Scaled:
    namespace: str
    wait: Callable[[int], None]
    """Sets the number of requests that wait."""


@pytest.fixture(scope="module")
def scaled(kube: Kube, own: None, prometheus: None, keda: None, hello: str) -> Generator[Scaled]:
    """A Deployment without replicas, scaled by one replica for two that wait, up to three."""
    python = ensure(["python"])["python"]
    with kube.restricted_namespace() as namespace:
        port = {"name": "metrics", "containerPort": _PORT}
        gauge = {"image": python, "command": ["python3", "-c", _SERVER], "ports": [port]}
        kube.apply(restricted_deployment(namespace, "gauge", 1, gauge))
        kube.apply(_monitor(namespace))
        kube.apply(restricted_deployment(namespace, "hello", 0, {"image": hello}))
        kube.apply(_scaled_object(namespace))
        address = eventually(lambda: _address(kube, namespace), "a gauge with an address")

        def wait(count: int) -> None:
            put = urllib.request.Request(f"http://{address}:{_PORT}/{count}", method="PUT")
            urllib.request.urlopen(put, timeout=5).close()

        yield Scaled(namespace=namespace, wait=wait)


def test_a_metric_raises_and_lowers_the_replicas(kube: Kube, scaled: Scaled) -> None:
    eventually(lambda: _ready(kube, scaled), "a ScaledObject whose trigger is understood")
    assert _replicas(kube, scaled) == 0
    scaled.wait(6)
    eventually(lambda: _replicas(kube, scaled) == 3, "three replicas for six that wait")
    scaled.wait(0)
    eventually(lambda: _replicas(kube, scaled) == 0, "no replica where nobody waits")


def test_the_metric_is_served_by_the_api_server(kube: Kube, scaled: Scaled) -> None:
    scaled.wait(4)
    selector = "labelSelector=scaledobject.keda.sh%2Fname%3Dhello"
    path = f"/apis/external.metrics.k8s.io/v1beta1/namespaces/{scaled.namespace}/s0-prometheus"

    def value() -> str | None:
        done = kube.run("get", f"--raw={path}?{selector}")
        return done.stdout if done.returncode == 0 and '"value":"4"' in done.stdout else None

    eventually(value, "the value that Prometheus has")


def _ready(kube: Kube, scaled: Scaled) -> bool:
    found = kube.get("scaledobject", "hello", "--namespace", scaled.namespace)
    conditions = found.get("status", {}).get("conditions", [])
    return any(c["type"] == "Ready" and c["status"] == "True" for c in conditions)


def _replicas(kube: Kube, scaled: Scaled) -> int:
    found = kube.get("deployment", "hello", "--namespace", scaled.namespace)
    return found["status"].get("replicas", 0)


def _address(kube: Kube, namespace: str) -> str | None:
    pods = kube.get("pods", "--selector=app=gauge", "--namespace", namespace)["items"]
    ready = [
        pod["status"]["podIP"]
        for pod in pods
        if any(
            c["type"] == "Ready" and c["status"] == "True"
            for c in pod["status"].get("conditions", ())
        )
    ]
    return ready[0] if ready else None


def _monitor(namespace: str) -> dict[str, Any]:
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PodMonitor",
        "metadata": {"name": "gauge", "namespace": namespace},
        "spec": {
            "selector": {"matchLabels": {"app": "gauge"}},
            "podMetricsEndpoints": [{"port": "metrics", "interval": "1s"}],
        },
    }


def _scaled_object(namespace: str) -> dict[str, Any]:
    quick = {"stabilizationWindowSeconds": 0}
    trigger = {
        "type": "prometheus",
        "metadata": {
            "serverAddress": URL,
            "query": f'sum({_METRIC}{{namespace="{namespace}"}})',
            "threshold": "2",
        },
    }
    return {
        "apiVersion": "keda.sh/v1alpha1",
        "kind": "ScaledObject",
        "metadata": {"name": "hello", "namespace": namespace},
        "spec": {
            "scaleTargetRef": {"name": "hello"},
            "pollingInterval": 1,
            "cooldownPeriod": 1,
            "minReplicaCount": 0,
            "maxReplicaCount": 3,
            "advanced": {
                "horizontalPodAutoscalerConfig": {
                    "behavior": {"scaleUp": quick, "scaleDown": quick}
                }
            },
            "triggers": [trigger],
        },
    }
