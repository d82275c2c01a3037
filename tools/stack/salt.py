"""The `encryptionsalt` line that Pulumi writes into a stack file."""

from __future__ import annotations

import re

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.bootstrap.progress import say
from tools.stack import STACK

STACK_FILE = ROOT / f"Pulumi.{STACK}.yaml"
_SALT = re.compile(r"^encryptionsalt: .*\n?", re.MULTILINE)
_SECRET = re.compile(r"^\s+secure: ", re.MULTILINE)


def drop_unused_salt() -> None:
    """Remove the salt of a passphrase that is gone, if no value is encrypted with it.

    Raises ToolError when secret values in the stack file would be lost.
    """
    text = STACK_FILE.read_text()
    if not _SALT.search(text):
        return
    if _SECRET.search(text):
        raise ToolError(
            f"{STACK_FILE.name} holds secret values encrypted with a passphrase that is not here. "
            "Put it into .slipway/passphrase, or remove the `secure:` values and `encryptionsalt`."
        )
    STACK_FILE.write_text(without_salt(text))
    say(f"removed an unused encryptionsalt from {STACK_FILE.name}")


def without_salt(text: str) -> str:
    return _SALT.sub("", text)
