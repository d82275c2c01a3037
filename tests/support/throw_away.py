"""A git repository with what a clone of this project holds, and a change on a second branch."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.checkout import copy_of_checkout
from tools.bootstrap.paths import VENV

STAGING = """\
config:
  slipway:target: hf-endpoint
  slipway:model:
    source: "hf:Qwen/Qwen3-8B@b968826d9c46dd6066d109eabc6255188de91218"
    maxContext: 8192
  slipway:engine: {kind: vllm}
  slipway:huggingFace: {namespace: acme, hardware: aws/nvidia-l4/x1}
  slipway:scaling: {replicas: 1..2}
"""
"""One replica is $584 a month: $0.8 an hour, 730 hours."""
_PERSON = ("-c", "user.name=A person", "-c", "user.email=person@example.com")


class ThrowAway:
    """On the branch `main` one stack more, `staging`; then on `change`."""

    def __init__(self, folder: Path) -> None:
        self.folder = copy_of_checkout(folder)
        # The locked environment is one for all checkouts of the same lock file.
        (folder / ".venv").symlink_to(VENV)
        self.git("init", "--quiet", "--initial-branch", "main")
        (folder / ".git" / "info" / "exclude").write_text(".venv\n")
        self.write("Pulumi.staging.yaml", STAGING)
        self.base = self.commit("main")
        self.git("switch", "--quiet", "--create", "change")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        assert old in self.read(name)
        self.write(name, self.read(name).replace(old, new))

    def commit(self, message: str) -> str:
        """All that differs; the commit."""
        self.git("add", "--all")
        self.git(*_PERSON, "commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD").strip()

    def reset(self) -> None:
        """Back to what `main` holds."""
        self.git("reset", "--quiet", "--hard", self.base)

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, text=True, check=True
        ).stdout
