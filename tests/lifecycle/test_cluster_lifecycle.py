"""Starting, killing and stopping the cluster of `make cluster`, while nobody uses it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.footprint import Footprint, alive, footprint, inhabitants, namespaces
from tests.support.kube import eventually
from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.cluster import lifecycle, needs
from tools.cluster.guard import alone
from tools.cluster.namespace import entered, first_process, supervisorctl

_LIMIT_SECONDS = 240


@dataclass(frozen=True, kw_only=True)
class Lived:
    before: Footprint
    left: list[int]
    """Processes that a start left when it was killed before the cluster stood."""


def make(command: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tools.cluster", command]
    return subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=_LIMIT_SECONDS
    )


@pytest.fixture(scope="module")
def lived() -> Generator[Lived]:
    """A cluster that was started once in vain and once for good."""
    if reason := needs.machine() or needs.packages():
        pytest.skip(reason)
    if lifecycle.running():
        pytest.skip("a cluster is running: make cluster-down")
    before = footprint()
    begun = subprocess.Popen(
        [sys.executable, "-m", "tools.cluster", "up"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    first = eventually(first_process, "a first process in the namespaces", _LIMIT_SECONDS)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    left = inhabitants(namespaces(first))
    assert left
    assert not lifecycle.running(), "the start ended before it was killed"
    lifecycle.start()
    yield Lived(before=before, left=left)
    lifecycle.stop()


def test_a_killed_start_is_cleaned_by_the_next(lived: Lived) -> None:
    assert alive(lived.left) == []


def test_killed_parts_are_back_after_the_next_start(lived: Lived) -> None:
    first = first_process()
    killed = [part_pid(name) for name in ("kubelet", "kube-apiserver")]
    subprocess.run(entered("kill", "-9", *killed), check=True)
    done = make("up")
    assert done.returncode == 0, done.stderr
    assert "export KUBECONFIG=" in done.stdout
    assert not {part_pid("kubelet"), part_pid("kube-apiserver")} & set(killed)
    assert first_process() == first, "the next start mends the cluster, it does not make another"


def test_a_second_command_is_refused_with_the_holder_named(lived: Lived) -> None:
    with alone():
        done = make("down")
    assert done.returncode == 1
    assert f"process {os.getpid()} in {Path.cwd()}" in done.stderr


def test_another_checkout_is_refused_with_the_owner_named(
    lived: Lived, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lifecycle, "ROOT", tmp_path)
    for command in (lifecycle.start, lifecycle.stop):
        with pytest.raises(ToolError, match=f"belongs to the checkout {ROOT}"):
            command()


def test_nothing_is_left_after_a_stop(lived: Lived) -> None:
    first = first_process()
    assert first
    inside = namespaces(first)
    assert not inside & namespaces(os.getpid()), "the cluster shares a namespace with this machine"
    processes = inhabitants(inside)
    assert first in processes
    assert footprint() != lived.before, "a running cluster is seen"
    done = make("down")
    assert done.returncode == 0, done.stderr
    assert alive(processes) == []
    assert footprint() == lived.before


def part_pid(name: str) -> str:
    """The pid of a part, as its own namespace counts it."""
    return subprocess.check_output(supervisorctl("pid", name), text=True).strip()
