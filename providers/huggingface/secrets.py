"""Secrets by reference: their values are looked up when needed and kept nowhere."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets as random_source
from collections.abc import Mapping
from typing import Any, Final

from providers.huggingface.errors import SECRET_MISSING, EndpointError
from providers.plugin.values import Unknown

REFERENCE: Final = re.compile(
    r"env:[A-Za-z_][A-Za-z0-9_]{0,127}|config:[A-Za-z][A-Za-z0-9_:-]{0,127}"
)
REFERENCE_WORDS: Final = "env:<variable>, or config:<name> with its value in `secretValues`"
_SHOWN: Final = 16
"""Hexadecimal digits of a fingerprint: 64 bits tell any two values apart."""


def new_key() -> str:
    """The key of one resource's fingerprints; the state keeps it encrypted."""
    return random_source.token_hex(32)


def fingerprint(key: str, value: str) -> str:
    """Says that a value changed and nothing about it: without the key it cannot be guessed at."""
    return hmac.new(bytes.fromhex(key), value.encode(), hashlib.sha256).hexdigest()[:_SHOWN]


class Vault:
    """Values that the program handed over in this run, by resource; in memory only."""

    def __init__(self) -> None:
        self._given: dict[str, Mapping[str, Any]] = {}

    def keep(self, urn: str, values: Mapping[str, Any]) -> None:
        """`values`: secret name -> value, for references that only the program can follow."""
        self._given[urn] = dict(values)

    def unknown(self, urn: str, name: str) -> bool:
        """Whether the program itself does not know the value yet."""
        return isinstance(self._given.get(urn, {}).get(name), Unknown)

    def value(self, urn: str, name: str, reference: str) -> str:
        """Raises EndpointError where there is none; the message names the reference only."""
        kind, _, target = reference.partition(":")
        found = os.environ.get(target) if kind == "env" else self._given.get(urn, {}).get(name)
        if not isinstance(found, str) or not found:
            raise EndpointError(SECRET_MISSING, f"{name}: {reference}")
        return found

    def values(self, urn: str, inputs: Mapping[str, Any]) -> dict[str, str]:
        """Name -> value of all secrets that `inputs` refer to. Raises EndpointError."""
        return {n: self.value(urn, n, r) for n, r in references(inputs).items()}

    def known(self, urn: str, inputs: Mapping[str, Any]) -> list[str]:
        """The values that can be had now, for taking them out of texts."""
        found: list[str] = []
        for name, reference in references(inputs).items():
            try:
                found.append(self.value(urn, name, reference))
            except EndpointError:
                continue
        return found


PASSWORD: Final = "registry.password"  # noqa: S105 - the name of one
"""How the registry's password is called among the secrets."""


def references(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Name -> reference of everything secret; the registry's password among them."""
    found = dict(inputs.get("secrets") or {})
    registry = inputs.get("registry")
    if registry and registry.get("password"):
        found[PASSWORD] = registry["password"]
    return found
