"""Pipelines of the checkout as data, and the commands of a job as a runner runs them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tools.bootstrap.paths import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
GITLAB = ROOT / ".gitlab-ci.yml"
_EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
_LIMIT_SECONDS = 300


def workflow(name: str) -> dict[str, Any]:
    """By the file's name without its end. YAML 1.1 reads the key `on` as true."""
    document: dict[Any, Any] = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text())
    document["on"] = document.pop(True)
    return document


def workflows() -> dict[str, dict[str, Any]]:
    return {path.stem: workflow(path.stem) for path in sorted(WORKFLOWS.glob("*.yml"))}


def steps() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every step with its job, by `<file>/<job>`."""
    for name, document in workflows().items():
        for job_name, job in document["jobs"].items():
            for step in job.get("steps", ()):
                yield f"{name}/{job_name}", job, step


@dataclass
class Runner:
    """Runs commands in `folder`; knows what expressions of a workflow come to."""

    folder: Path
    known: Mapping[str, str]
    """Expressions; one that is not here fails the test."""
    variables: Mapping[str, str]
    codes: list[int] = field(default_factory=list[int])
    printed: str = ""

    def job(self, job: Mapping[str, Any]) -> bool:
        """Its `run:` steps in their order, by the rules of GitHub; whether all went well."""
        for step in job["steps"]:
            if "run" in step and (self._well or step.get("if") == "${{ !cancelled() }}"):
                self.command(step["run"], {**job.get("env", {}), **step.get("env", {})})
        return self._well

    def command(self, text: str, variables: Mapping[str, str]) -> int:
        """As GitHub's default shell and GitLab's run it."""
        own = {key: _EXPRESSION.sub(self._value, value) for key, value in variables.items()}
        assert not _EXPRESSION.search(text), f"a command holds an expression: {text}"
        done = subprocess.run(
            ["bash", "-e", "-c", text],
            cwd=self.folder,
            env={**os.environ, **self.variables, **own},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LIMIT_SECONDS,
            check=False,
        )
        self.codes.append(done.returncode)
        self.printed += done.stdout
        return done.returncode

    @property
    def _well(self) -> bool:
        return not any(self.codes)

    def _value(self, found: re.Match[str]) -> str:
        return self.known[found[1]]
