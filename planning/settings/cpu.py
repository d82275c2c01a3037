"""An amount of CPU."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from planning.settings.units import Unit

_MOST = 1_000_000


@dataclass(frozen=True, order=True)
class Cpu(Unit):
    """Thousandths of a core."""

    millis: int

    written = "whole cores such as 2, or thousandths such as 500m"
    schema: ClassVar = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 1000},
            {"type": "string", "pattern": "^[0-9]{1,7}m$"},
        ]
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1000:
            return cls(value * 1000)
        if not isinstance(value, str):
            raise cls.refuse()
        if re.fullmatch("[0-9]{1,4}", value):
            raise cls.refuse(f"write {int(value)} without quotes")
        found = re.fullmatch("([0-9]{1,7})m", value)
        if found is None or not 1 <= int(found[1]) <= _MOST:
            raise cls.refuse()
        return cls(int(found[1]))

    def plain(self) -> str | int:
        return self.millis // 1000 if self.millis % 1000 == 0 else str(self)

    def __str__(self) -> str:
        return f"{self.millis}m"
