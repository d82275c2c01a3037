"""`pulumi` on one stack: as the pipeline is logged in, or with the state of this checkout."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tools import engine
from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT, STATE, VENV
from tools.bootstrap.progress import say
from tools.ci.output import FOLDER
from tools.engine import providers
from tools.stack.state import prepare

_LOGIN = ("PULUMI_BACKEND_URL", "PULUMI_ACCESS_TOKEN")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a command has come to."""

    code: int
    printed: str
    events: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Engine:
    """The command line on the stack of this name, which nobody creates in passing: who does
    chooses what encrypts its secrets."""

    stack: str

    def is_there(self) -> bool:
        """Raises ToolError where the state cannot be asked."""
        listed = self.ask("stack", "ls", "--json", on_stack=False)
        return any(one["name"].rpartition("/")[2] == self.stack for one in json.loads(listed))

    def ask(self, *arguments: str, on_stack: bool = True) -> str:
        """What a command prints; raises ToolError with its error."""
        done = self._run(arguments, on_stack=on_stack)
        if done.returncode:
            raise ToolError(f"`pulumi {' '.join(arguments)}`: {done.stderr.strip()}")
        return done.stdout

    def operate(self, *arguments: str, quiet: bool = False) -> Run:
        """Preview, change or refresh it; people see what it prints, unless `quiet`."""
        log = FOLDER / "events" / f"{self.stack}-{arguments[0]}.json"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)
        done = self._run((*arguments, "--event-log", str(log)), seen=not quiet)
        lines = log.read_text().splitlines() if log.exists() else []
        # The log keeps inputs of resources: it stays nowhere.
        log.unlink(missing_ok=True)
        if done.returncode and quiet:
            say(f"`pulumi {' '.join(arguments)}`:\n{(done.stderr or '').strip()}")
        events = tuple(json.loads(line) for line in lines)
        return Run(code=done.returncode, printed=done.stdout or "", events=events)

    def _run(
        self, arguments: tuple[str, ...], *, on_stack: bool = True, seen: bool = False
    ) -> subprocess.CompletedProcess[str]:
        which = ("--stack", self.stack) if on_stack else ()
        return subprocess.run(
            ["pulumi", *arguments, *which, "--non-interactive"],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=not seen,
            text=True,
            check=False,
        )

    @cached_property
    def _environment(self) -> dict[str, str]:
        return environment()


def environment() -> dict[str, str]:
    """The login of the pipeline; without one that of `make up`, whose state is in `.slipway`."""
    folder = engine.ensure()
    more = {"PULUMI_DEBUG_COMMANDS": "true", "PULUMI_SKIP_UPDATE_CHECK": "true"}  # --event-log
    if not logged_in():
        return {**prepare(folder), **more}
    folders = os.pathsep.join(map(str, (folder, *providers.locate(), VENV / "bin")))
    return {**os.environ, **more, "PATH": f"{folders}{os.pathsep}{os.environ['PATH']}"}


def reachable() -> bool:
    """Whether there is a state to ask, without installing anything."""
    return logged_in() or (STATE / "state").exists()


def logged_in() -> bool:
    """Whether the pipeline, or the person, has named a place for state."""
    return any(os.environ.get(name) for name in _LOGIN)
