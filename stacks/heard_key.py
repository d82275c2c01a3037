"""The value of a key that a hook asks with, once it is known."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi import Output


class HeardKey:
    """The first of a stack's keys. It is known before the gateway stands, which is made of it."""

    value = "none"
    """What is sent where nobody needs a key."""

    def hear(self, keys: Mapping[str, Output[str]]) -> None:
        for key in list(keys.values())[:1]:
            key.apply(self._hear)

    def _hear(self, value: str) -> None:
        self.value = value
