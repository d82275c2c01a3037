"""SIGKILL of `pulumi` and its plugin at one call of the API, before or after the API acted."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from providers.local.process_table import Process, ancestry, own_processes
from tests.support.hf_api import Call, FakeApi
from tests.support.hf_kill import Moment
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
                for process in _family(self.pid):
                    _kill(process.pid)
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


def _family(pid: int) -> Iterator[Process]:
    """`pid` first, so that nothing of it sees its children go; then all that descend from it."""
    table = own_processes()
    if pid in table:
        yield table[pid]
    for process in table.values():
        if process.pid != pid and any(each.pid == pid for each in ancestry(process, table)):
            yield process


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _reap(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
