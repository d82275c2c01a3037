"""Run one child process: its lines to a log, its progress to people, its end never unnoticed."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.key import ROOT
from images.onnx.model.request import Progress

HEARTBEAT_SECONDS = 10.0
TOKENS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")


def run_worker(
    python: Path,
    module: str,
    arguments: Mapping[str, object],
    *,
    log: Path,
    progress: Progress,
    label: str,
    with_token: bool = False,
) -> dict[str, Any]:
    """Result of `images.onnx.model.worker.<module>` in the conversion environment.

    Raises ModelBuildError with the worker's own words, or with the last line of `log`.
    """
    environment = child_environment(with_token=with_token)
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [str(python), "-m", f"images.onnx.model.worker.{module}", json.dumps(arguments)]
    messages = _run(command, environment, log, progress, label)
    for message in messages:
        if "error" in message:
            raise ModelBuildError(message["error"], f"{message['fix']} (log: {log})")
    if not messages or "result" not in messages[-1]:
        raise _died(label, log)
    log.unlink(missing_ok=True)
    return messages[-1]["result"]


def run_tool(
    command: Sequence[str],
    *,
    log: Path,
    progress: Progress,
    label: str,
    variables: Mapping[str, str] | None = None,
) -> bool:
    """Run a program that knows nothing of us; False when it failed (its output is in `log`)."""
    messages = _run(command, child_environment() | dict(variables or {}), log, progress, label)
    if messages[-1:] == [{"exit": 0}]:
        log.unlink(missing_ok=True)
        return True
    return False


def child_environment(*, with_token: bool = False) -> dict[str, str]:
    """Our environment without secrets and without the caller's Python settings."""
    dropped = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", *(() if with_token else TOKENS))
    return {name: value for name, value in os.environ.items() if name not in dropped}


def last_line(log: Path) -> str:
    """The last line that says something, for an error message."""
    try:
        text = log.read_bytes()[-4000:].decode("utf-8", "replace")
    except OSError:
        return "(no output)"
    lines = [line.strip() for line in text.replace("\r", "\n").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "(no output)"


def _run(
    command: Sequence[str],
    environment: dict[str, str],
    log: Path,
    progress: Progress,
    label: str,
) -> list[dict[str, Any]]:
    """Messages of the child, `{"exit": status}` last where it sent no result of its own."""
    log.parent.mkdir(parents=True, exist_ok=True)
    progress(label)
    started = time.monotonic()
    messages: list[dict[str, Any]] = []
    with (
        log.open("ab") as output,
        # The open stdin is the child's sign of life from us: workers end when it closes.
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
        ) as child,
    ):
        try:
            for line in _lines(child):
                message = _message(line)
                if line is None:
                    progress(f"{label}: {time.monotonic() - started:.0f} s")
                elif message is None:
                    output.write(line + b"\n")
                elif "progress" in message:
                    label = str(message["progress"])
                    progress(label)
                else:
                    messages.append(message)
            status = child.wait()
        except BaseException:
            child.kill()
            raise
    if status or not messages:
        messages.append({"exit": status})
    return messages


def _lines(child: subprocess.Popen[bytes]) -> Iterator[bytes | None]:
    """Lines of its stdout until it ends; None for every ten seconds without one."""
    assert child.stdout is not None
    pending = b""
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(HEARTBEAT_SECONDS):
                yield None
                continue
            chunk = os.read(child.stdout.fileno(), 65536)
            if not chunk:
                break
            *lines, pending = (pending + chunk).split(b"\n")
            yield from lines
    if pending:
        yield pending


def _message(line: bytes | None) -> dict[str, Any] | None:
    if line is None or not line.startswith(b'{"slipway": '):
        return None
    return json.loads(line)["slipway"]


def _died(label: str, log: Path) -> ModelBuildError:
    return ModelBuildError(
        f"{label}: the process ended without a result; last line: {last_line(log)}",
        f"read {log}; if the process was killed, more memory may be needed",
    )
