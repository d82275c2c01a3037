"""The shape of every part of the plan's JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Part(BaseModel):
    """Frozen; snake_case in Python, camelCase in JSON."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        use_attribute_docstrings=True,
    )


class RangePart(Part):
    """A predicted figure; `low` and `high` are the ends of its tested interval."""

    low: float
    """Lower end."""
    expected: float
    """Most likely."""
    high: float
    """Upper end."""
