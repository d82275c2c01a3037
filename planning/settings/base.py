"""The one shape of every section of the stack file."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict
from pydantic.alias_generators import to_camel

from planning.settings.text import worded as worded

# Nothing here has plugins, and looking for them reads what every installed package says of itself.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class Section(BaseModel):
    """Frozen, camelCase in YAML, unknown keys refused, each field described by its docstring.

    `stated_schema` reads the docstrings, where a schema is wanted: pydantic would at every start.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=False,
        allow_inf_nan=False,
        # A section that no stack file has written needs no validator.
        defer_build=True,
    )


# YAML knows numbers, text and booleans apart: a quoted number or `true` for a number is a slip.
Count = Annotated[int, Strict(), Field(ge=1)]
CountOrZero = Annotated[int, Strict(), Field(ge=0)]
Flag = Annotated[bool, Strict()]
Share = Annotated[float, Field(strict=True, gt=0, le=1)]
Tokens = Annotated[int, Strict(), Field(ge=1, le=10_000_000)]
