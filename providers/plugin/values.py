"""Values and differences of a resource, free of Pulumi's types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Values = Mapping[str, Any]
"""Inputs or state: camelCase names, JSON values."""

Change = Literal["add", "update", "delete"]


class Unknown:
    """Stands for a value that a preview cannot know."""


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Diff:
    """What differs, by property name; empty means nothing is to be done."""

    changes: Mapping[str, Change]
    replace: bool = False
