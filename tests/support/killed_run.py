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


def kill_during(stack: PulumiStack, command: str, *, after_first_step: float) -> bool:
    """Run `pulumi <command>` and kill it that many seconds after its first step on a resource.

    Returns whether it was still running then; before that moment nothing could be lost.
    """
    process = stack.start(command, "--yes", "--skip-preview")
    try:
        _wait_for_step(process)
        time.sleep(after_first_step)
        running = process.poll() is None
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    return running


def recover(stack: PulumiStack) -> None:
    """`python -m operations recover`; fails with its output where it fails."""
    finished = subprocess.run(
        [
            sys.executable,
            *f"-m operations recover --stack {stack.name} --cwd".split(),
            stack.folder,
        ],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        timeout=_LIMIT_SECONDS,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def _wait_for_step(process: subprocess.Popen[str]) -> None:
    """Return at the first line about one of our resources, or at the end of the run."""
    assert process.stdout is not None
    seen, deadline = b"", time.monotonic() + _LIMIT_SECONDS
    while b"local:index:" not in seen and time.monotonic() < deadline:
        if select.select([process.stdout], [], [], 0.05)[0]:
            part = os.read(process.stdout.fileno(), 65536)
            if not part:
                return
            seen += part
