"""An address to listen on."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import ClassVar, Self

from planning.settings.units import Unit


@dataclass(frozen=True)
class Address(Unit):
    """An IPv4 or IPv6 address; `localhost` is read as 127.0.0.1."""

    text: str

    written = "an IP address such as 127.0.0.1, ::1 or 0.0.0.0, or localhost"
    schema: ClassVar = {
        "type": "string",
        "pattern": "^(localhost|[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$",
    }

    @property
    def loopback(self) -> bool:
        return ipaddress.ip_address(self.text).is_loopback

    @classmethod
    def parse(cls, value: object) -> Self:
        if value == "localhost":
            return cls("127.0.0.1")
        if not isinstance(value, str) or "%" in value:
            raise cls.refuse()
        try:
            return cls(str(ipaddress.ip_address(value)))
        except ValueError:
            fix = 'write "0.0.0.0" for every address of this machine' if value == "*" else None
            raise cls.refuse(*filter(None, [fix])) from None

    def __str__(self) -> str:
        return self.text
