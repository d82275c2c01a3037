"""What a resource is called where people read it."""

from __future__ import annotations

import re

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def type_and_name(urn: str) -> tuple[str, str]:
    """The last part of its type and its name, as somebody wrote them."""
    kind, _, name = urn.rpartition("::")
    last = kind.rpartition("::")[2].rpartition("$")[2].rpartition(":")[2]
    return last, name


def group(urn: str) -> str:
    """Its type in words: `NatGateway` is a nat gateway."""
    return _WORD.sub(" ", type_and_name(urn)[0]).lower()
