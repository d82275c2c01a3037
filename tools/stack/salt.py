"""The `encryptionsalt` line that Pulumi writes into a stack file."""

from __future__ import annotations

import re

from tools.bootstrap.paths import ROOT
from tools.stack import STACK

STACK_FILE = ROOT / f"Pulumi.{STACK}.yaml"
_SALT = re.compile(r"^encryptionsalt: .*\n?", re.MULTILINE)
_SECRET = re.compile(r"^\s+secure: ", re.MULTILINE)


def drop_unused_salt() -> bool:
    """Remove the salt if no value is encrypted with it; False where secret values need it."""
    text = STACK_FILE.read_text()
    if _SECRET.search(text):
        return False
    if _SALT.search(text):
        STACK_FILE.write_text(without_salt(text))
    return True


def without_salt(text: str) -> str:
    return _SALT.sub("", text)
