"""A replica that dies or hangs is out of rotation within seconds, and comes back by itself."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.support.cluster_stack import base_url, cluster_stack
from tests.support.kube import Kube, StandIns, eventually
from tests.support.pulumi_stack import PulumiStack

_OUT_SECONDS = 15.0
_BACK_SECONDS = 180.0
_SMALL = {
    "kind": "onnx",
    "quantization": "int4",
    "threads": 1,
    "maxConcurrent": 4,
    "maxQueue": 4,
}
_CAPACITY = 16
_OVERLOAD = 10 * _CAPACITY
_ENGINE = "app.kubernetes.io/component=engine"


@pytest.fixture(scope="module")
def stack(kube: Kube, stand_ins: StandIns, providers: None) -> Generator[PulumiStack]:
    with cluster_stack(kube, stand_ins, engine=_SMALL) as made:
        made.up()
        yield made


def test_at_ten_times_the_load_what_is_let_in_is_answered_and_the_rest_is_refused_sooner(
    client: Client,
) -> None:
    """The stack takes 2 x (4 + 4) requests at once; 160 come."""
    came: list[tuple[int, float]] = []

    def one() -> None:
        began = time.monotonic()
        code = client.code(seconds=120)
        came.append((code, time.monotonic() - began))

    threads = [threading.Thread(target=one) for _ in range(_OVERLOAD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answered = [took for code, took in came if code == 200]
    refused = [took for code, took in came if code in (429, 503)]
    assert len(answered) + len(refused) == _OVERLOAD, sorted({code for code, _ in came})
    assert len(answered) >= 0.95 * _CAPACITY
    assert max(refused) < max(answered)


@pytest.mark.parametrize("what", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_replica_costs_nothing_after_seconds_and_comes_back(
    kube: Kube, stack: PulumiStack, client: Client, what: signal.Signals
) -> None:
    namespace = stack.config["slipway:kubernetes"]["namespace"]
    pod = kube.get("pods", "--namespace", namespace, "--selector", _ENGINE)["items"][0]
    restarts = restarts_of(kube, namespace)
    os.kill(process_of(pod["metadata"]["uid"]), what)
    eventually(
        lambda: all(client.code(seconds=5) == 200 for _ in range(6)) or None,
        "answers without a failure: the lost replica is out of rotation",
        _OUT_SECONDS,
    )
    eventually(
        lambda: (restarts_of(kube, namespace) > restarts and ready(kube, namespace) == 2) or None,
        "two ready replicas, one restarted",
        _BACK_SECONDS,
    )


@dataclass(frozen=True, kw_only=True)
class Client:
    url: str
    key: str
    model: str

    def code(self, *, seconds: float) -> int:
        """HTTP status of one short question; 0 without an answer within `seconds`."""
        question = {"role": "user", "content": "Hi"}
        try:
            return httpx2.post(
                f"{self.url}/chat/completions",
                headers={"Authorization": f"Bearer {self.key}"},
                json={"model": self.model, "messages": [question], "max_tokens": 4},
                timeout=seconds,
            ).status_code
        except httpx2.HTTPError:
            return 0


@pytest.fixture(scope="module")
def client(kube: Kube, stack: PulumiStack) -> Client:
    outputs = stack.outputs()
    return Client(url=base_url(kube, stack), key=outputs["apiKey"], model=outputs["modelName"])


def process_of(uid: str) -> int:
    """Of the engine in the pod `uid`, as this machine numbers it."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"images.onnx.server" in words and uid in (folder / "cgroup").read_text():
                return int(folder.name)
        except OSError:
            continue
    raise AssertionError(f"no process of pod {uid}")


def restarts_of(kube: Kube, namespace: str) -> int:
    pods = kube.get("pods", "--namespace", namespace, "--selector", _ENGINE)["items"]
    return sum(s["restartCount"] for p in pods for s in p["status"].get("containerStatuses", ()))


def ready(kube: Kube, namespace: str) -> int:
    name = "tested-engine"
    status = kube.get("deployment", name, "--namespace", namespace)["status"]
    return int(status.get("readyReplicas", 0))
