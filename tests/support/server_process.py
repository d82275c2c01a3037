"""A server as its own process, on a unix socket or a TCP port, and an OpenAI client for it."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai

MODEL = "test-model"
PACED = "tests.support.paced_server"
ONNX = "images.onnx.server"

_START_SECONDS = 60


class ServerProcess:
    """A running server; stopped and checked by `server`."""

    def __init__(self, process: subprocess.Popen[bytes], socket: Path | None, log: Path):
        """`socket` is None for a server on TCP, whose port is then read from its log."""
        self.process = process
        self.socket = socket
        self._log = log
        self.base_url = "http://server" if socket else self._tcp_url()
        self.http = httpx2.Client(transport=self._transport(), base_url=self.base_url, timeout=60)

    def openai(self, **options: Any) -> openai.OpenAI:
        """A client with connections of its own and, unless asked for, no retries."""
        return openai.OpenAI(
            base_url=f"{self.base_url}/v1",
            api_key="unused",
            http_client=httpx2.Client(transport=self._transport(), timeout=60),
            **{"max_retries": 0, **options},
        )

    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def metric(self, name: str, **labels: str) -> float:
        """The value of one sample of /metrics; 0 where it is absent."""
        for line in self.http.get("/metrics").text.splitlines():
            if line.startswith((f"{name} ", f"{name}{{")) and all(
                f'{label}="{value}"' in line for label, value in labels.items()
            ):
                return float(line.rsplit(" ", 1)[1])
        return 0.0

    def wait_until(self, condition: Any, what: str, seconds: float = 20) -> None:
        """Poll until true; fails naming `what`."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"waited {seconds} s for: {what}"
            time.sleep(0.02)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def _transport(self) -> httpx2.HTTPTransport:
        return httpx2.HTTPTransport(uds=str(self.socket) if self.socket else None)

    def _tcp_url(self) -> str:
        self.wait_until(lambda: self._log.read_text().endswith("\n"), "the address in the log")
        host, port = self.log_lines()[0]["address"]
        return f"http://{host}:{port}"


@contextlib.contextmanager
def server(module: str, *, tcp: bool = False, **options: object) -> Iterator[ServerProcess]:
    """Run `python -m module` until ready; options are flags with `_` for `-`.

    The directory is in /tmp because a unix socket's path may have 108 bytes at most.
    """
    flags = {
        "model_dir": "none",
        "model_name": MODEL,
        "max_context": 256,
        "max_concurrent": 4,
        "max_queue": 4,
        "threads": 2,
        "request_timeout": 60,
        "drain": 10,
        **options,
    }
    directory = Path(tempfile.mkdtemp(prefix="slipway-", dir="/tmp"))
    log = directory / "log"
    command = [sys.executable, "-m", module]
    command += ["--port", "0"] if tcp else ["--uds", str(directory / "s")]
    for name, value in flags.items():
        flag = "--" + name.replace("_", "-")
        command += [flag] if value is True else [flag, str(value)]
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, stderr=stderr)
    try:
        running = ServerProcess(process, None if tcp else directory / "s", log)
        running.wait_until(lambda: _is_ready(running), "readiness", _START_SECONDS)
        yield running
        running.http.close()
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        shutil.rmtree(directory)


def _is_ready(running: ServerProcess) -> bool:
    assert running.process.poll() is None, f"the server ended: {running.log_lines()}"
    try:
        return running.http.get("/health/ready").status_code == 200
    except httpx2.TransportError:
        return False
