"""The one shape of every section of the stack file."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Strict
from pydantic.alias_generators import to_camel


class Section(BaseModel):
    """Frozen, camelCase in YAML, unknown keys refused, each field described by its docstring."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        use_attribute_docstrings=True,
        validate_by_name=False,
        allow_inf_nan=False,
    )


# YAML knows numbers, text and booleans apart: a quoted number or `true` for a number is a slip.
Count = Annotated[int, Strict(), Field(ge=1)]
CountOrZero = Annotated[int, Strict(), Field(ge=0)]
Flag = Annotated[bool, Strict()]
Share = Annotated[float, Field(strict=True, gt=0, le=1)]
Tokens = Annotated[int, Strict(), Field(ge=1, le=10_000_000)]


def worded(pattern: str, words: str, *, sensitive: bool = False) -> Any:
    """A text field whose messages say `words` in place of the pattern.

    A sensitive one is never echoed: people paste keys and certificates into it by mistake.
    """
    extra: dict[str, Any] = {"x-allowed": words, **({"x-sensitive": True} if sensitive else {})}
    return Field(pattern=pattern, json_schema_extra=extra)
