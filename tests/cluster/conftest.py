"""The cluster that the tests run on: KUBECONFIG's, or that of `make cluster`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.kube import Kube, StandIns
from tests.support.operators import installed
from tools.cluster import kept, needs
from tools.cluster.build import ensure_built
from tools.cluster.image import image_of, push
from tools.cluster.layout import KUBECONFIG, REGISTRY
from tools.cluster.lifecycle import running, start, stop
from tools.cluster.operators.keda import KEDA
from tools.cluster.operators.prometheus import PROMETHEUS
from tools.cluster.standins.ensure import ensure
from tools.engine.providers import ensure as ensure_providers

_FIRST = (
    "test_kubernetes_stack.py",
    "test_gpu_placement.py",
    "test_canary.py",
    "test_monitoring.py",
    "test_faults.py",
)
"""The longest, so that no worker is left alone with one at the end; the faults after the first
has built the image that both of them run."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where workers share the tests, one cluster for all: the fixture is each worker's own."""
    config = session.config
    distributes = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if not distributes or os.environ.get("KUBECONFIG") or needs.machine() or needs.packages():
        return
    ran_before = running()
    os.environ["KUBECONFIG"] = str(start())
    if not ran_before:
        config.add_cleanup(stop)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(_FIRST)))


@pytest.fixture(scope="session")
def foreign() -> Path | None:
    """The kubeconfig of a cluster that is not ours."""
    given = os.environ.get("KUBECONFIG")
    return Path(given) if given and Path(given) != KUBECONFIG else None


@pytest.fixture(scope="session")
def own(foreign: Path | None) -> None:
    """Skips where our own cluster is not meant or cannot run."""
    if foreign:
        pytest.skip(f"of our own cluster, not of {foreign}")
    if reason := needs.machine() or needs.packages():
        pytest.skip(reason)


@pytest.fixture(scope="session")
def kube(
    foreign: Path | None,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[Kube]:
    """A running cluster. Ours is stopped afterwards, unless it ran before."""
    cache = tmp_path_factory.mktemp("kubectl")
    if foreign:
        kubectl = shutil.which("kubectl")
        if kubectl is None:
            pytest.skip("needs kubectl on PATH")
        yield Kube(kubectl=Path(kubectl), kubeconfig=foreign, cache=cache, own=False)
        return
    request.getfixturevalue("own")
    ran_before = running()
    # Named by KUBECONFIG it is used as it is, whichever checkout started it.
    kubeconfig = KUBECONFIG if ran_before and os.environ.get("KUBECONFIG") else start()
    kubectl = kept.cluster().bin_dir / "kubectl"
    yield Kube(kubectl=kubectl, kubeconfig=kubeconfig, cache=cache, own=True)
    if not ran_before:
        stop()


@pytest.fixture(scope="session")
def stand_ins(kube: Kube) -> StandIns:
    """Images in the cluster's registry, built here if need be."""
    if not kube.own:
        pytest.skip("of our own cluster: images and addresses of another one are not known here")
    return lambda *names: ensure(names)


@pytest.fixture(scope="session")
def prometheus(kube: Kube) -> Generator[None]:
    """Heeds any PodMonitor and PrometheusRule; its address is in tools.cluster.operators."""
    with installed(kube, PROMETHEUS):
        yield


@pytest.fixture(scope="session")
def keda(kube: Kube) -> Generator[None]:
    """ScaledObjects are acted upon."""
    with installed(kube, KEDA):
        yield


@pytest.fixture(scope="session")
def registry(kube: Kube) -> str:
    """Where the nodes pull from: plain HTTP, host:port."""
    given = REGISTRY if kube.own else os.environ.get("SLIPWAY_TEST_REGISTRY")
    if given is None:
        pytest.skip("needs SLIPWAY_TEST_REGISTRY, plain HTTP, host:port")
    return given


@pytest.fixture(scope="session")
def hello(registry: str) -> str:
    """An image that answers on port 8080, in the registry; by digest."""
    return push(image_of(ensure_built() / "hello"), registry, "slipway/hello")


@pytest.fixture(scope="session")
def providers() -> None:
    """Pulumi's own plugins, which stacks of `PulumiStack` find; installed here if need be."""
    ensure_providers()
