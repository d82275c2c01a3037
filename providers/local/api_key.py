"""A generated API key: made once, kept encrypted in the stack's state and nowhere else."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from typing import ClassVar

from providers.local.resource import LocalResource
from providers.plugin.session import Session
from providers.plugin.values import UNKNOWN, Change, Values

# 40 of 62 characters: 238 random bits, and one double click selects all of them.
_ALPHABET = string.ascii_letters + string.digits
_LENGTH = 40


class ApiKey(LocalResource):
    """State: `value`, the key (`sk-slipway-…`)."""

    secrets: ClassVar[frozenset[str]] = frozenset({"value"})

    def create(self, name: str, inputs: Values, session: Session) -> Values:
        return {"value": f"sk-slipway-{''.join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))}"}

    def planned(self, inputs: Values, state: Values | None) -> Values:
        return {"value": UNKNOWN}

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        return {}

    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        return state

    def delete(self, name: str, state: Values, session: Session) -> None:
        """The key lived in the state alone."""
