"""`pulumi` as a child process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from typing import Any

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.stack import STACK


class Pulumi:
    """The command line on the dev stack, in the environment that `state.prepare` gave."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)

    def show(self, *arguments: str) -> None:
        """Run with the person's terminal; raises ToolError when it fails."""
        code = subprocess.run(
            ["pulumi", *arguments], cwd=ROOT, env=self._env, check=False
        ).returncode
        if code != 0:
            raise ToolError(
                f"`pulumi {' '.join(arguments)}` ended with exit code {code}, see above.\n"
                "If an earlier run was killed: `make shell`, then `python -m operations recover`."
            )

    def quiet(self, *arguments: str) -> str:
        """Run and return what it printed; raises ToolError with its error output."""
        result = subprocess.run(
            ["pulumi", *arguments],
            cwd=ROOT,
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise ToolError(f"`pulumi {' '.join(arguments)}`: {result.stderr.strip()}")
        return result.stdout

    def select(self, stack: str = STACK) -> None:
        self.quiet("stack", "select", "--create", stack)

    def outputs(self) -> dict[str, Any]:
        """Stack outputs with their secrets; for use in memory only."""
        return json.loads(self.quiet("stack", "output", "--json", "--show-secrets"))

    def last_changes(self) -> dict[str, int]:
        """How many resources the last update created, changed, left the same, and so on."""
        history = json.loads(self.quiet("stack", "history", "--json", "--page-size", "1"))
        return history[0].get("resourceChanges") or {} if history else {}
