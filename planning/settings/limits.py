"""Limits on values with units, kept beside the field so that message and reference page agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planning.settings.units import Duration, Memory, Unit


@dataclass(frozen=True)
class Between:
    """Annotation: `low <= value <= high`."""

    low: Unit
    high: Unit

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        inner = handler(schema)
        return {**inner, "x-allowed": f"{self.low} to {self.high}, as {inner['x-allowed']}"}

    def _check(self, value: Any) -> Any:
        if not self.low <= value <= self.high:
            bound = self.low if value < self.low else self.high
            raise PydanticCustomError(
                "out-of-range", "out of range", {"fixes": (f"write {bound}",)}
            )
        return value


def between(low: str, high: str, unit: Callable[[object], Any] = Duration.parse) -> Between:
    return Between(unit(low), unit(high))


def sizes(low: str, high: str) -> Between:
    return between(low, high, Memory.parse)
