"""Tags by which every object of a stack is found again, also after its state is lost."""

from __future__ import annotations

from collections.abc import Mapping

NAME = "slipway.dev/name"
"""Tag that holds an object's logical name, which is unique in its stack."""


def tags_of(stack: Mapping[str, str], name: str) -> dict[str, str]:
    """Of the object with this logical name; `stack` are the tags that all objects share."""
    return {**stack, NAME: name, "Name": name}
