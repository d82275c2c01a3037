"""Images made here run under Pod Security `restricted`, on a root that nobody can write to."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.kube import Kube, StandIns, eventually
from tests.support.restricted import restricted_pod

_SAYS = {
    "python": (["python3", "-c", "import ssl, sys; print(sys.version)"], "3.11."),
    "envoy": (["envoy", "--version"], "/1.40.0/"),
    "redis": (["redis-server", "--version"], "v=7."),
    "prometheus": (["/bin/prometheus", "--version"], "version 3.16.0"),
    "busybox": (["sh", "-c", "echo ready"], "ready"),
}
"""What is run, and what it says."""


@pytest.fixture(scope="module")
def namespace(kube: Kube, stand_ins: StandIns) -> Generator[str]:
    """With one pod of each image."""
    images = stand_ins(*_SAYS)
    with kube.restricted_namespace() as namespace:
        for name, (command, _) in _SAYS.items():
            container = {"image": images[name], "command": command}
            kube.apply(restricted_pod(namespace, name, container))
        yield namespace


@pytest.mark.parametrize("name", _SAYS)
def test_a_stand_in_runs_the_program_it_is_named_after(
    kube: Kube, namespace: str, name: str
) -> None:
    def ended() -> bool:
        return kube.get("pod", name, "--namespace", namespace)["status"]["phase"] == "Succeeded"

    eventually(ended, f"{name} runs and ends well")
    assert _SAYS[name][1] in kube.run("logs", name, "--namespace", namespace).stdout
