"""kubectl on the cluster that the tests have, and waiting for what it reports."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

T = TypeVar("T")
StandIns = Callable[..., Mapping[str, str]]
"""Names of images made for tests -> their references, by name."""


@dataclass(frozen=True, kw_only=True)
class Kube:
    """A cluster to test on: ours, or the one that KUBECONFIG names."""

    kubectl: Path
    kubeconfig: Path
    cache: Path
    """kubectl's, which would otherwise be in the person's home."""
    own: bool
    """True for the one of `make cluster`: its Service addresses can be reached from here."""

    def run(self, *arguments: str, content: object = None) -> subprocess.CompletedProcess[str]:
        """kubectl with `content` as JSON on its standard input; never raises."""
        options = [f"--kubeconfig={self.kubeconfig}", f"--cache-dir={self.cache}"]
        return subprocess.run(
            [str(self.kubectl), *options, *arguments],
            input=json.dumps(content),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def get(self, *arguments: str) -> dict[str, Any]:
        done = self.run("get", "--output=json", *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def apply(self, content: object) -> None:
        done = self.run("apply", "--filename=-", content=content)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def restricted_namespace(self) -> Generator[str]:
        """A namespace under Pod Security `restricted`, deleted afterwards with all in it.

        Nobody waits until it is gone: it takes as long as its pods' grace periods."""
        name = f"slipway-test-{uuid4().hex[:8]}"
        labels = {"pod-security.kubernetes.io/enforce": "restricted"}
        metadata = {"name": name, "labels": labels}
        self.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
        try:
            yield name
        finally:
            self.run("delete", "namespace", name, "--wait=false")


def eventually(look: Callable[[], T | None], what: str, seconds: float = 90.0) -> T:
    """The first true value of `look`; fails with `what` and the last value."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what} ({found!r})"
        time.sleep(0.3)
    return found
