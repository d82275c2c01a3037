"""Where the value of an API key is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from planning.settings.units import Unit

STORES = ("aws-secretsmanager",)
_NAMES = {
    "config": re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}"),
    "env": re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}"),
    "aws-secretsmanager": re.compile(r"[A-Za-z0-9/_+=.@:-]{1,512}"),
}


@dataclass(frozen=True)
class KeySource(Unit):
    """A reference, never a value: messages about it say nothing of what was written."""

    scheme: str
    name: str

    written = "generated, config:<name of a secret>, env:<variable> or aws-secretsmanager:<name>"
    schema: ClassVar = {
        "type": "string",
        "x-sensitive": True,
        "pattern": "^(generated|"
        + "|".join(f"{scheme}:{name.pattern}" for scheme, name in _NAMES.items())
        + ")$",
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, str) and cls.valid(value):
            scheme, _, name = value.partition(":")
            return cls(scheme, name)
        raise cls.refuse(
            "never write the key itself: pulumi config set --secret slipway:<name>, "
            "then from: config:<name>"
        )

    @classmethod
    def valid(cls, value: str) -> bool:
        scheme, _, name = value.partition(":")
        return value == "generated" or (scheme in _NAMES and bool(_NAMES[scheme].fullmatch(name)))

    def __str__(self) -> str:
        return f"{self.scheme}:{self.name}" if self.name else self.scheme
