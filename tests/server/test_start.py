"""A server that cannot serve says why and ends."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

from tests.support.server_process import ONNX

FLAGS = ["--model-name=m", "--max-concurrent=1", "--max-queue=0", "--threads=1"]
FLAGS += ["--request-timeout=5", "--drain=1"]


def start(*flags: object) -> tuple[int, str]:
    """Exit status and the last log line's reason."""
    command = [sys.executable, "-m", ONNX, *FLAGS, *map(str, flags)]
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60)
    return ended.returncode, json.loads(ended.stderr.splitlines()[-1])["reason"]


def test_a_directory_without_a_model_is_named(tmp_path: Path) -> None:
    status, reason = start("--model-dir", tmp_path, "--max-context", 64, "--port", 0)
    assert status == 1
    assert reason.startswith(f"{tmp_path}/genai_config.json: not there")


def test_a_context_beyond_the_models_is_refused_with_what_is_allowed(model_dir: Path) -> None:
    status, reason = start("--model-dir", model_dir, "--max-context", 10**6, "--port", 0)
    assert status == 1
    assert "--max-context: got 1000000" in reason
    assert "allowed: 2..8192" in reason


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, reason = start("--model-dir", tmp_path, "--max-context", 64, "--port", port)
    assert status == 1
    assert "in use" in reason
