"""Values with units, parsed once to frozen numbers: `16Gi`, `5m`, `0..4`, `$500`."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema


class Unit(ABC):
    """A scalar with a unit: how it is written, read and shown."""

    schema: ClassVar[dict[str, Any]]
    written: ClassVar[str]
    """What to write, in words with an example."""

    @classmethod
    @abstractmethod
    def parse(cls, value: object) -> Self:
        """Raise PydanticCustomError where `value` is not one."""

    @classmethod
    def refuse(cls, *fixes: str) -> PydanticCustomError:
        return PydanticCustomError(
            "bad-format", "not understood", {"fixes": fixes} if fixes else None
        )

    def plain(self) -> str | int:
        """As in a stack file."""
        return str(self)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.parse(value),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.plain),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**cls.schema, "x-allowed": cls.written}


@dataclass(frozen=True, order=True)
class Duration(Unit):
    """A length of time."""

    milliseconds: int

    written = "a whole number with ms, s, m or h, such as 30s or 5m"
    schema: ClassVar = {"type": "string", "pattern": r"^[0-9]{1,9}(ms|s|m|h)$"}
    _SIZES: ClassVar = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}

    @property
    def seconds(self) -> float:
        return self.milliseconds / 1000

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            raise cls.refuse(f"write {value}s for seconds, or with another unit")
        found = re.fullmatch(r"([0-9]{1,9})(ms|s|m|h)", value) if isinstance(value, str) else None
        if found is None:
            raise cls.refuse()
        return cls(int(found[1]) * cls._SIZES[found[2]])

    def __str__(self) -> str:
        for unit, size in self._SIZES.items():
            if self.milliseconds % size == 0 and self.milliseconds:
                return f"{self.milliseconds // size}{unit}"
        return "0s"


@dataclass(frozen=True, order=True)
class Memory(Unit):
    """A size in bytes, in powers of 1024."""

    bytes: int

    written = "a whole number with Ki, Mi, Gi or Ti, such as 512Mi or 16Gi"
    schema: ClassVar = {"type": "string", "pattern": "^[0-9]{1,9}(Ki|Mi|Gi|Ti)$"}
    _SIZES: ClassVar = {"Ti": 1 << 40, "Gi": 1 << 30, "Mi": 1 << 20, "Ki": 1 << 10}

    @classmethod
    def parse(cls, value: object) -> Self:
        if not isinstance(value, str):
            raise cls.refuse()
        if decimal := re.fullmatch(r"([0-9]{1,9})([kmgtKMGT])[iI]?[bB]?", value):
            suffix = decimal[2].upper() + "i"
            if value != decimal[1] + suffix:
                raise cls.refuse(f"write {decimal[1]}{suffix}")
            return cls(int(decimal[1]) * cls._SIZES[suffix])
        raise cls.refuse()

    def __str__(self) -> str:
        for unit, size in self._SIZES.items():
            if self.bytes % size == 0 and self.bytes:
                return f"{self.bytes // size}{unit}"
        return f"{self.bytes} bytes"


@dataclass(frozen=True, order=True)
class Money(Unit):
    """An amount of US dollars, kept in cents."""

    cents: int

    written = "US dollars with the sign, such as $500 or $49.90"
    schema: ClassVar = {"type": "string", "pattern": r"^\$[0-9]{1,9}(\.[0-9]{2})?$"}

    @property
    def usd(self) -> float:
        return self.cents / 100

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            raise cls.refuse(f'write "${value}"')
        pattern = r"\$([0-9]{1,9})(?:\.([0-9]{2}))?"
        found = re.fullmatch(pattern, value) if isinstance(value, str) else None
        if found is None:
            raise cls.refuse()
        return cls(int(found[1]) * 100 + int(found[2] or 0))

    def __str__(self) -> str:
        return f"${self.cents // 100}" + (f".{self.cents % 100:02}" if self.cents % 100 else "")
