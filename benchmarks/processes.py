"""A server process under measurement: start, readiness, end."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.machine import ROOT


class NotReadyError(Exception):
    """The process ended, or its time was over, before it was ready; with the end of its log."""


class Server:
    """One server on a unix socket; made by `serving`."""

    def __init__(self, process: subprocess.Popen[bytes], uds: Path, started: float) -> None:
        self.pid = process.pid
        self.uds = uds
        self.started = started
        """`time.perf_counter()` just before the process was made."""


@contextmanager
def serving(
    command: Sequence[str], uds: Path, log: Path, *, ready: str, timeout: float = 60
) -> Generator[Server]:
    """Starts `command`, waits until GET `ready` on `uds` says 200, ends it with the block.

    Raises NotReadyError.
    """
    uds.unlink(missing_ok=True)
    with log.open("wb") as sink:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=sink, stderr=subprocess.STDOUT)
    try:
        _wait_ready(process, uds, ready, started + timeout, log)
        yield Server(process, uds, started)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_ready(
    process: subprocess.Popen[bytes], uds: Path, path: str, deadline: float, log: Path
) -> None:
    while not _answers(uds, path):
        ended = process.poll() is not None
        if ended or time.perf_counter() > deadline:
            what = f"ended with status {process.returncode}" if ended else "was not ready in time"
            tail = log.read_text(errors="replace")[-2000:]
            raise NotReadyError(f"{process.args!r} {what}; the end of its log:\n{tail}")
        # The step of the ready time's precision, and light enough not to slow the start.
        time.sleep(0.005)


def _answers(uds: Path, path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(uds))
            client.sendall(
                f"GET {path} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n".encode()
            )
            return b" 200 " in client.recv(64)
        except OSError:
            return False
