"""The load client's mock server with known delays, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.support.stack_files import ROOT


@dataclass(frozen=True)
class Mock:
    url: str

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def log(self) -> list[dict[str, Any]]:
        """The truth about every answer since the last call."""
        with urllib.request.urlopen(f"{self.url}/log", timeout=10) as answer:
            return json.load(answer)["log"]


@contextmanager
def mock_server(ttft_ms: float, itl_ms: float) -> Generator[Mock]:
    """Listens when entered; has ended when left."""
    command = [sys.executable, "-m", "benchmarks.load.mock.server"]
    delays = ["--ttft-ms", str(ttft_ms), "--itl-ms", str(itl_ms)]
    process = subprocess.Popen([*command, *delays], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        port = json.loads(process.stdout.readline())["port"]
        yield Mock(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.communicate()
