"""Committed stack files hold nobody's salt: it would fit one person's passphrase only."""

from __future__ import annotations

import re
import subprocess

from tools.bootstrap.paths import ROOT

_PERSONAL = re.compile(r"^encryptionsalt:|^\s+secure: ", re.MULTILINE)


def salted_stack_files() -> list[str]:
    """Problems of the stack files as git would commit them; `make up` may salt the working copy."""
    names = _git("ls-files", "Pulumi.*.yaml").splitlines()
    return [
        f"{name}: holds an encryptionsalt or a secret of one person's passphrase"
        for name in names
        if _PERSONAL.search(_git("show", f":{name}"))
    ]


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
