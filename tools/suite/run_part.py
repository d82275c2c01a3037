"""One part of the suite: pytest as a child process, its counts from the JUnit file."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.bootstrap.paths import BUILD, ROOT, venv_python
from tools.suite import junit
from tools.suite.outcome import Outcome

_NO_TESTS = 5
_GRACE_SECONDS = 15


def run_pytest(
    name: str, arguments: Sequence[str], *, limit_seconds: int, env: Mapping[str, str]
) -> Outcome:
    """Run pytest with `arguments`, its output on our own; a run past the limit is ended."""
    report = BUILD / "tests" / f"{name}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    print(f"\n──── {name}", flush=True)
    start = time.monotonic()
    code = _run(
        [venv_python(), "-m", "pytest", f"--junitxml={report}", *arguments], limit_seconds, env
    )
    seconds = time.monotonic() - start
    passed, failed, skipped = junit.counts(report)
    note = junit.names_of_failed(report) if code in (0, 1) else f"pytest ended with {code}"
    if code == _NO_TESTS:
        note = "no test found"
    if code is None:
        note = f"ended after its limit of {limit_seconds} s"
    return Outcome(
        name=name,
        passed=passed,
        failed=failed if code == 0 else max(failed, 1),
        skipped=skipped,
        seconds=seconds,
        note=note,
        complete=code in (0, 1),
    )


def _run(command: Sequence[Path | str], limit: int, env: Mapping[str, str]) -> int | None:
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(env), stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the part's own session: nothing, if the tests cleaned up."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
