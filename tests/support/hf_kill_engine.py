"""SIGKILL of `pulumi` and its plugin at one call of the API, before or after the API acted."""

from __future__ import annotations

import signal
import subprocess
from dataclasses import dataclass

from tests.support.hf_api import Call, FakeApi
from tests.support.hf_kill import Moment
from tests.support.process_family import kill_family
from tests.support.pulumi_stack import PulumiStack

_LIMIT_SECONDS = 300.0


@dataclass
class Killer:
    """Watches the fake API; kills at the call `number` (from 0)."""

    number: int
    moment: Moment
    pid: int = 0
    seen: int = 0
    struck: Call | None = None

    def __call__(self, call: Call, phase: str) -> None:
        if phase == self.moment and self.pid:
            if self.seen == self.number and self.struck is None:
                self.struck = call
                kill_family(self.pid)
            self.seen += 1


def killed_run(
    api: FakeApi, stack: PulumiStack, command: str, number: int, moment: Moment
) -> Call | None:
    """Run `pulumi <command>` into the kill; the call that it died at, or None: it made fewer."""
    process = stack.start(command, "--yes", "--skip-preview")
    killer = Killer(number, moment, process.pid)
    api.watch = killer
    try:
        output, _ = process.communicate(timeout=_LIMIT_SECONDS)
    finally:
        api.watch = lambda call, phase: None
        _reap(process)
    if killer.struck is None:
        assert process.returncode == 0, output
    else:
        assert process.returncode == -signal.SIGKILL, output
    return killer.struck


def _reap(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
