"""Stacks of the product's component over the paced token source, and what they leave behind."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components.local.place import run_directory
from operations.leftovers import leftovers
from providers.local import daemon, processes
from providers.local.run_directory import RunDirectory
from providers.plugin.session import Session
from tests.support.free_port import free_port
from tests.support.pulumi_stack import ROOT, PulumiStack

PACED_PROGRAM = ROOT / "tests" / "engine" / "programs" / "paced"


@contextmanager
def stack_of(main: Path, config: dict[str, Any]) -> Generator[PulumiStack]:
    """A stack with a project name of its own; everything it started has ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="slipway-") as folder:
        project = f"slipway-test-{uuid.uuid4().hex[:8]}"
        stack = PulumiStack(folder=Path(folder), main=main, project=project, config=config)
        try:
            yield stack
        finally:
            daemon.stop(run_of(stack), quiet_session())
            left = [process.pid for process in leftovers(stack.folder)]
            processes.end(left, grace_seconds=5)


@contextmanager
def paced_stack(**spec: Any) -> Generator[PulumiStack]:
    """A stack of the test program `paced`; `spec` is what that reads from its configuration."""
    wanted = {"port": free_port(), "replicas": 2, **spec}
    with stack_of(PACED_PROGRAM, {"paced:spec": wanted}) as stack:
        yield stack


def spec_of(stack: PulumiStack) -> dict[str, Any]:
    """The part of the configuration that `paced_stack` takes; change it, then run `up`."""
    return stack.config["paced:spec"]


def run_of(stack: PulumiStack) -> RunDirectory:
    return RunDirectory.of(run_directory(stack.project, stack.name))


def quiet_session() -> Session:
    return Session(report=lambda line: None, keep=lambda line: None)


def traces(stack: PulumiStack) -> list[str]:
    """What is left of the stack on this machine: processes, folders, sockets, locks."""
    run = run_of(stack)
    found = [f"process {pid}" for pid in processes.of_stack(run)]
    found += [f"helper {process.command}" for process in leftovers(stack.folder)]
    found += [str(folder) for folder in (run.path, run.sockets) if folder.exists()]
    locks = stack.folder / "state" / ".pulumi" / "locks"
    found += [str(lock) for lock in locks.rglob("*.json")]
    return found
