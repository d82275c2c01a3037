"""An Envoy of this machine before an Inference Endpoint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from components.gateway import Site, local_site
from components.gateway.remote import CREDENTIAL_FILE, credential_file, remote_of
from providers.huggingface.secrets import Vault, fingerprint, new_key
from providers.local.authorities import bundle
from providers.local.gateway import FOLDER, Gateway
from providers.local.run_directory import RunDirectory
from providers.plugin.session import OperationError, Session
from providers.plugin.values import UNKNOWN, Change, Values

_TOKEN = "token"  # noqa: S105 - the name of one


class EndpointGateway(Gateway):
    """Inputs of Gateway, `upstream` (an https address) and, where it wants one, `token`: a
    reference (`env:…`, or `config:…` with its value in `tokenValue`, which is not recorded).

    State: the inputs, and a keyed fingerprint of the token, so that a rotation shows.
    """

    secrets: ClassVar[frozenset[str]] = Gateway.secrets | {"fingerprintKey"}
    handed_over: ClassVar[frozenset[str]] = frozenset({"tokenValue"})

    def __init__(self) -> None:
        self._vault = Vault()

    def checked(self, name: str, given: Values, old: Values) -> Values:
        reference = given.get(_TOKEN)
        if reference is None:
            return {}
        self._vault.keep(name, {_TOKEN: given.get("tokenValue")})
        key = old.get("fingerprintKey") or new_key()
        if self._vault.unknown(name, _TOKEN):
            return {"fingerprintKey": key, "tokenFingerprint": UNKNOWN}
        value = self._vault.value(name, _TOKEN, reference)
        return {"fingerprintKey": key, "tokenFingerprint": fingerprint(key, value)}

    def site(self, inputs: Values) -> Site:
        try:
            remote = remote_of(
                inputs["upstream"], authorities=bundle(), credential=_TOKEN in inputs
            )
        except ValueError as error:
            raise OperationError(str(error)) from None
        return replace(local_site(FOLDER), remote=remote)

    def secret_files(self, name: str, inputs: Values) -> Mapping[str, str]:
        files = dict(super().secret_files(name, inputs))
        if _TOKEN in inputs:
            try:
                files[CREDENTIAL_FILE] = credential_file(
                    self._vault.value(name, _TOKEN, inputs[_TOKEN])
                )
            except ValueError as error:
                raise OperationError(f"{inputs[_TOKEN]}: {error}") from None
        return files

    def wait_until_served(self, run: RunDirectory, session: Session) -> None:
        """Nothing to wait for: a question would wake an endpoint that sleeps."""

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        found = super().drift(name, state)
        if not found and _TOKEN in state and not _same_token(state):
            return {"tokenFingerprint": "update"}
        return found


def _same_token(state: Values) -> bool:
    """Whether the token that lies there is the one that was put there."""
    file = RunDirectory.of(state["runDirectory"]).gateway / CREDENTIAL_FILE
    try:
        secret = json.loads(file.read_text())["resources"][0]["generic_secret"]["secret"]
        token = str(secret["inline_string"])
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return fingerprint(state["fingerprintKey"], token) == state["tokenFingerprint"]
