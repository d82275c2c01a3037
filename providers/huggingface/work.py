"""The part of the provider that needs huggingface_hub; imported when there is work."""

from __future__ import annotations

import secrets as random_source
from collections.abc import Mapping
from typing import Any

from providers.huggingface.declaration import Declaration
from providers.huggingface.endpoints import Endpoints
from providers.huggingface.secrets import Vault
from providers.plugin.session import Session


class Work:
    """Makes declarations and endpoints for one operation."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def endpoints(self, session: Session) -> Endpoints:
        return Endpoints(session)

    def declaration(self, urn: str, inputs: Mapping[str, Any], instance: str = "") -> Declaration:
        """Raises EndpointError where a secret's value is not to be had."""
        return Declaration(
            urn=urn,
            inputs=inputs,
            secrets=self._vault.values(urn, inputs),
            instance=instance or random_source.token_hex(4),
        )
