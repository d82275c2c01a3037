"""Pulumi's provider protocol over the plain class; it decides nothing itself."""

from __future__ import annotations

import asyncio
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pulumi.provider.experimental import provider as pulumi_provider

from providers.huggingface.check import problems
from providers.huggingface.difference import FOUND, difference, replacing
from providers.huggingface.inputs import HANDED_OVER, with_defaults
from providers.huggingface.redaction import scrubbed, shortened
from providers.huggingface.secrets import Vault, fingerprint, new_key, references
from providers.plugin.differences import diff_response
from providers.plugin.old_inputs import old_inputs
from providers.plugin.properties import holds_secret, plain, wrapped
from providers.plugin.session import OperationError, PartlyDoneError, Reporter, Session
from providers.plugin.values import UNKNOWN, Values

Result = TypeVar("Result")
_TYPE = "huggingface:index:InferenceEndpoint"
_SECRET_INPUTS = frozenset({"fingerprintKey"})
_OUTPUTS = ("endpointName", "url", "createdAt", "generation", "instance")


class HuggingFaceProvider(pulumi_provider.Provider):
    """Operations run in threads, so that one waiting endpoint blocks neither others nor Cancel."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self._cancelled = threading.Event()
        self._vault = Vault()
        self._replaced: dict[str, str] = {}
        """URN -> the endpoint that the state holds; a create in the same run replaces it."""

    async def check(self, request: pulumi_provider.CheckRequest) -> pulumi_provider.CheckResponse:
        _known_type(request.type)
        given = plain(request.new_inputs)
        failures = [
            (name, "is a secret and would be recorded: only `secretValues` may hold one")
            for name, value in request.new_inputs.items()
            if name not in (HANDED_OVER, "fingerprintKey") and holds_secret(value)
        ]
        inputs = with_defaults(given, request.name)
        failures += problems(inputs)
        self._vault.keep(request.urn, given.get(HANDED_OVER) or {})
        inputs.pop(HANDED_OVER, None)
        if not failures:
            failures = self._with_fingerprints(request.urn, inputs, plain(request.old_inputs or {}))
        return pulumi_provider.CheckResponse(
            wrapped(inputs, _SECRET_INPUTS),
            [pulumi_provider.CheckFailure(name, reason) for name, reason in failures] or None,
        )

    async def diff(self, request: pulumi_provider.DiffRequest) -> pulumi_provider.DiffResponse:
        state, inputs = plain(request.old_state), plain(request.new_inputs)
        old: Values = plain(old_inputs())
        self._replaced[request.urn] = str(state.get("endpointName", ""))
        found = difference(old, state, inputs, ignored=request.ignore_changes)
        return diff_response(
            found,
            identity=replacing(found.changes, state, inputs),
            inputs=inputs.keys(),
            delete_before_replace=False,
        )

    async def create(
        self, request: pulumi_provider.CreateRequest
    ) -> pulumi_provider.CreateResponse:
        inputs = plain(request.properties)
        if request.preview:
            return pulumi_provider.CreateResponse(None, wrapped(_planned(inputs, {}), ()))
        replaced = self._replaced.pop(request.urn, None)
        state = await self._run(
            request.urn,
            inputs,
            lambda work, session: work.endpoints(session).create(
                work.declaration(request.urn, inputs), replaced=replaced
            ),
        )
        identifier = f"{inputs['namespace']}/{state['endpointName']}"
        return pulumi_provider.CreateResponse(identifier, wrapped(state, ()))

    async def read(self, request: pulumi_provider.ReadRequest) -> pulumi_provider.ReadResponse:
        inputs, state = plain(request.inputs), plain(request.properties)
        found = await self._run(
            request.urn,
            inputs,
            lambda work, session: work.endpoints(session).read(request.resource_id, inputs, state),
        )
        if found is None:
            return pulumi_provider.ReadResponse()  # gone; the next `up` makes it again
        return pulumi_provider.ReadResponse(
            request.resource_id, wrapped(found[1], ()), wrapped(found[0], _SECRET_INPUTS)
        )

    async def update(
        self, request: pulumi_provider.UpdateRequest
    ) -> pulumi_provider.UpdateResponse:
        state, inputs = plain(request.olds), plain(request.news)
        if request.preview:
            return pulumi_provider.UpdateResponse(wrapped(_planned(inputs, state), ()))
        old: Values = plain(old_inputs())
        self._replaced.pop(request.urn, None)
        new_state = await self._run(
            request.urn,
            inputs,
            lambda work, session: work.endpoints(session).update(
                request.resource_id,
                state,
                old,
                work.declaration(request.urn, inputs, str(state.get("instance") or "")),
            ),
        )
        return pulumi_provider.UpdateResponse(wrapped(new_state, ()))

    async def delete(self, request: pulumi_provider.DeleteRequest) -> None:
        state = plain(request.properties)
        await self._run(
            request.urn,
            {},
            lambda work, session: work.endpoints(session).delete(request.resource_id, state),
        )

    async def cancel(self) -> None:
        self._cancelled.set()

    def _with_fingerprints(
        self, urn: str, inputs: dict[str, Any], old: Values
    ) -> list[tuple[str, str]]:
        """Add what shows a rotation; what is wrong with the references."""
        if not references(inputs):
            return []
        key = inputs["fingerprintKey"] = old.get("fingerprintKey") or new_key()
        prints: dict[str, Any] = {}
        failures: list[tuple[str, str]] = []
        for name, reference in references(inputs).items():
            if self._vault.unknown(urn, name):
                prints[name] = UNKNOWN
                continue
            try:
                prints[name] = fingerprint(key, self._vault.value(urn, name, reference))
            except OperationError as error:
                failures.append(("secrets", str(error)))
        inputs["secretFingerprints"] = prints
        return failures

    async def _run(
        self, urn: str, inputs: Mapping[str, Any], work: Callable[[Any, Session], Result]
    ) -> Result:
        """Do the work in a thread; no secret is in what it reports or raises."""
        hidden = self._vault.known(urn, inputs)

        def clean(text: str) -> str:
            return shortened(scrubbed(text, [*hidden, *_token()]))

        session = Session.of(
            urn,
            lambda target, line, stays: self._report(target, clean(line), stays),
            self._cancelled,
        )

        def guarded() -> Result:
            from providers.huggingface import work as module  # half a second, needed here alone

            try:
                return work(module.Work(self._vault), session)
            except PartlyDoneError as error:
                raise PartlyDoneError(error.identifier, error.state, clean(str(error))) from None
            except OperationError as error:
                raise OperationError(clean(str(error))) from None
            except Exception:
                raise RuntimeError(clean(traceback.format_exc())) from None

        return await asyncio.to_thread(guarded)


def _planned(inputs: Values, state: Values) -> dict[str, Any]:
    """The state to expect: what is declared, and outputs that stay as they are."""
    kept = {name: state.get(name) or UNKNOWN for name in _OUTPUTS}
    left_out = (FOUND, "readyTimeoutMinutes", *_SECRET_INPUTS)
    return {**{k: v for k, v in inputs.items() if k not in left_out}, **kept}


def _token() -> list[str]:
    from huggingface_hub import get_token

    found = get_token()
    return [found] if found else []


def _known_type(kind: str) -> None:
    # In a URN the types of all parents come first: `slipway:huggingface:Endpoint$huggingface:…`.
    if kind.rpartition("$")[2] != _TYPE:
        raise OperationError(f"this provider has {_TYPE} only, not {kind}")
