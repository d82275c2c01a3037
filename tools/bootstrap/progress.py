"""Commands that may take long: quiet when fast, a line every few seconds when not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.bootstrap.errors import ToolError

_SILENT_SECONDS = 2.0
_LINE_SECONDS = 5.0
_SHOWN_ON_FAILURE = 25


def say(text: str) -> None:
    print(f"slipway: {text}", file=sys.stderr, flush=True)


def run(
    what: str,
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run `command` with its output kept back, telling `what` and the seconds while it lasts.

    `env` is added to the process's own environment.
    Raises ToolError with the last lines of output when the command fails or is not there.
    """
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except FileNotFoundError as error:
            raise ToolError(f"{what}: {command[0]} is not there") from error
        code = _wait(process, what)
        if code != 0:
            output.seek(0)
            lines = output.read().decode(errors="replace").splitlines()
            tail = "\n  ".join(lines[-_SHOWN_ON_FAILURE:])
            raise ToolError(f"{what} failed (exit {code}):\n  {tail}")


def _wait(process: subprocess.Popen[bytes], what: str) -> int:
    start = time.monotonic()
    patience = _SILENT_SECONDS
    try:
        while True:
            try:
                code = process.wait(patience)
            except subprocess.TimeoutExpired:
                say(f"{what} … {time.monotonic() - start:.0f} s")
                patience = _LINE_SECONDS
                continue
            if patience != _SILENT_SECONDS and code == 0:
                say(f"{what}: done in {time.monotonic() - start:.0f} s")
            return code
    except BaseException:
        process.terminate()
        process.wait()
        raise
