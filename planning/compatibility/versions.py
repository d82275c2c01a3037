"""Versions as numbers."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Literal

WARN_DAYS = 90
"""So long before its end something is warned about."""


def older(one: str, other: str) -> bool:
    """Whether `one` comes before `other`; without its patch level a branch counts as its first."""
    return numbers(one) < numbers(other)


def newest(versions: list[str]) -> str:
    return max(versions, key=numbers)


def support(ends: datetime.date, today: datetime.date) -> Literal["ended", "ending", "supported"]:
    """The last day still counts as supported."""
    if today > ends:
        return "ended"
    return "ending" if (ends - today).days <= WARN_DAYS else "supported"


@cache
def numbers(version: str) -> tuple[int, ...]:
    """For comparison; a version without its patch level comes before all of its patches."""
    return tuple(map(int, version.split(".")))
