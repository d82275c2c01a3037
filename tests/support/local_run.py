"""A run directory with its supervisord, without Pulumi."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from providers.local import daemon
from providers.local.run_directory import RunDirectory
from providers.plugin.session import Session
from tests.support.free_port import free_port


@contextmanager
def local_run() -> Generator[RunDirectory]:
    """supervisord runs in it; whatever it started has ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="slipway-") as folder:
        run = RunDirectory(Path(folder) / "run")
        try:
            daemon.start(run, a_session())
            yield run
        finally:
            daemon.stop(run, a_session())


def a_session() -> Session:
    return Session(report=lambda line: None, keep=lambda line: None)


def replica_inputs(run: RunDirectory, **changes: Any) -> dict[str, Any]:
    """Inputs of a Replica over the paced token source."""
    arguments = "--model-dir none --model-name paced --max-context 512 --max-concurrent 4"
    arguments += " --max-queue 8 --threads 1 --request-timeout 30 --drain 5 --tokens-per-second 50"
    return {
        "runDirectory": str(run.path),
        "module": "tests.support.paced_server",
        "arguments": arguments.split(),
        "revision": "1",
        "drainSeconds": 5.0,
        "readyTimeoutSeconds": 60.0,
        **changes,
    }


def gateway_values(run: RunDirectory, **changes: Any) -> dict[str, Any]:
    """Inputs of a Gateway with one key."""
    return {
        "runDirectory": str(run.path),
        "keys": {"default": "sk-slipway-0123456789abcdef"},
        "host": "127.0.0.1",
        "port": float(free_port()),
        "maxConnections": 64.0,
        "maxStreams": 64.0,
        "requestTimeoutSeconds": 30.0,
        "maxRequestBytes": 65536.0,
        "drainSeconds": 5.0,
        **changes,
    }
