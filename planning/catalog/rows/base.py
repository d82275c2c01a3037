"""What every catalog row has, whatever it is about."""

from __future__ import annotations

import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[int, Field(gt=0)]
Value = TypeVar("Value", bound=BaseModel)


class Fact(BaseModel):
    """Frozen; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Fact, Generic[Value]):
    """One fact: what, from where, as of when."""

    id: Annotated[str, Field(min_length=1)]
    value: Value
    source: Annotated[str, Field(min_length=10)]
    """A URL, or how it was measured or derived."""
    date: datetime.date
