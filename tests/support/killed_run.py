"""`pulumi` killed with SIGKILL at a moment of our choice, and the documented way back."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time

from tests.support.pulumi_stack import ROOT, PulumiStack

_LIMIT_SECONDS = 120.0


def kill_during(
    stack: PulumiStack, command: str, *, after_lines: int, delay_seconds: float
) -> None:
    """Run `pulumi <command>`; kill it some seconds after that many lines about our resources.

    Fails where the run had ended by then: nothing would have been tested.
    """
    process = stack.start(command, "--yes", "--skip-preview")
    try:
        seen = _wait_for_lines(process, after_lines)
        time.sleep(delay_seconds)
        running = process.poll() is None
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    assert running, f"pulumi {command} ended before it was killed:\n{seen}"


def recover(stack: PulumiStack, *more: str) -> str:
    """What `python -m operations recover` prints; fails with it where it fails."""
    options = ["--stack", stack.name, "--cwd", str(stack.folder), *more]
    finished = subprocess.run(
        [sys.executable, "-m", "operations", "recover", *options],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        timeout=_LIMIT_SECONDS,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout + finished.stderr


def _wait_for_lines(process: subprocess.Popen[str], count: int) -> str:
    """The output up to the `count`-th line about one of our resources, or to the end of the run."""
    assert process.stdout is not None
    seen, deadline = b"", time.monotonic() + _LIMIT_SECONDS
    while seen.count(b"local:index:") < count and time.monotonic() < deadline:
        if select.select([process.stdout], [], [], 0.05)[0]:
            part = os.read(process.stdout.fileno(), 65536)
            if not part:
                break
            seen += part
    return seen.decode()
