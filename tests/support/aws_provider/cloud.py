"""The AWS of a test: the cloud's file, and the process of the provider."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.aws_provider.store import Store, Thing, put, remove, things
from tests.support.pulumi_stack import ROOT

REGION = "us-east-1"


@dataclass
class Cloud:
    store: Store
    process: subprocess.Popen[str] | None = None
    port: int = 0

    def start(self) -> None:
        """Begin to serve, at another port each time."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.aws_provider", str(self.store.path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def stop(self) -> None:
        if self.process is not None:
            self.process.communicate()
            self.process = None

    @property
    def variables(self) -> dict[str, str]:
        """What makes the engine take this provider for `aws`."""
        return {"PULUMI_DEBUG_PROVIDERS": f"aws:{self.port}"}

    def things(self, token: str = "") -> list[Thing]:
        """All objects, or those of a type, oldest first."""
        with self.store.open() as connection:
            return things(connection, **({"type": token} if token else {}))

    def count(self) -> Counter[str]:
        """Objects by the last part of their type: `Subnet`."""
        return Counter(each.type.rpartition(":")[2] for each in self.things())

    def one(self, token: str) -> Thing:
        (found,) = self.things(token)
        return found

    def change(self, thing: Thing, **state: Any) -> None:
        """Somebody changes it by hand."""
        thing.state.update(state)
        thing.inputs.update({key: value for key, value in state.items() if key in thing.inputs})
        with self.store.open() as connection:
            put(connection, thing)

    def add(self, token: str, name: str, /, *, owner: str = "", **state: Any) -> Thing:
        """Somebody else makes an object: a controller, or a person."""
        thing = Thing(token, name, REGION, state, owner=owner)
        with self.store.open() as connection:
            put(connection, thing)
        return thing

    def remove(self, token: str, name: str) -> None:
        """Somebody else takes an object away, and nothing is asked."""
        with self.store.open() as connection:
            for thing in things(connection, type=token, id=name):
                remove(connection, thing)


@contextmanager
def cloud(folder: Path) -> Iterator[Cloud]:
    """An empty account, kept in `folder`."""
    found = Cloud(Store(folder / "cloud.sqlite"))
    found.store.prepare()
    found.start()
    try:
        yield found
    finally:
        found.stop()
