"""What every catalog row has, whatever it is about."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar, dataclass_transform

from msgspec import Meta, Struct, StructMeta

Positive = Annotated[int, Meta(gt=0)]
Value = TypeVar("Value", bound="Fact")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class FactType(StructMeta):
    """Makes every class of facts frozen, with keywords only, and refuse unknown keys."""

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        strict = {"frozen": True, "kw_only": True, "forbid_unknown_fields": True}
        return super().__new__(cls, *arguments, **strict, **options)


class Fact(Struct, metaclass=FactType):
    """A value of another type than its field's is refused, and so is an unknown key.

    A class costs little until the first row is read: a plan pays for the tables it looks at.
    """


class Row(Fact, Generic[Value]):
    """One fact: what, from where, as of when."""

    id: Annotated[str, Meta(min_length=1)]
    value: Value
    source: Annotated[str, Meta(min_length=10)]
    """A URL, or how it was measured or derived."""
    date: datetime.date


def above_zero(amount: Decimal) -> None:
    """For `__post_init__`: Meta bounds every number but a Decimal. Raises ValueError."""
    if not (amount.is_finite() and amount > 0):
        raise ValueError(f"Expected an amount above 0, got {amount}")
