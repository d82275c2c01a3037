"""How long prompts or answers are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from planning.settings.units import Unit

_MOST = 10_000_000


@dataclass(frozen=True)
class Lengths(Unit):
    """Tokens of a typical (median) request, and of one that 95 % are no longer than."""

    typical: int
    long: int

    written = "a whole number from 1 to 10000000, or typical..long such as 512..4096"
    schema: ClassVar = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": _MOST},
            {"type": "string", "pattern": r"^[0-9]{1,8}\.\.[0-9]{1,8}$"},
        ]
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST:
            return cls(value, value)
        if not isinstance(value, str):
            raise cls.refuse()
        if re.fullmatch(r"[0-9]{1,8}", value):
            raise cls.refuse(f"write {int(value)} without quotes")
        found = re.fullmatch(r"([0-9]{1,8})\.\.([0-9]{1,8})", value)
        if found is None:
            raise cls.refuse()
        typical, long = int(found[1]), int(found[2])
        if typical > long:
            raise cls.refuse(f"write {long}..{typical}")
        if typical < 1 or long > _MOST:
            raise cls.refuse()
        return cls(typical, long)

    def plain(self) -> str | int:
        return self.typical if self.typical == self.long else str(self)

    def __str__(self) -> str:
        return f"{self.typical}..{self.long}"
