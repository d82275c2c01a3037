"""Create, read, update and delete of Inference Endpoints; free of Pulumi's types.

All raise EndpointError, and PartlyDoneError where an endpoint is left that is not as declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from components.huggingface.images import MAINTENANCE
from providers.huggingface import errors
from providers.huggingface.client import Client
from providers.huggingface.creation import free_name, posted
from providers.huggingface.declaration import Declaration
from providers.huggingface.difference import difference
from providers.huggingface.errors import EndpointError
from providers.huggingface.observed import BROKEN, Raw, domain_of, state_of, tags_of
from providers.huggingface.payload import variant_of
from providers.huggingface.retry import Pace
from providers.huggingface.settling import settle
from providers.huggingface.state import found, observed, split, still_ours
from providers.huggingface.waiting import Wait
from providers.plugin.session import OperationError, PartlyDoneError, Session

_PATIENCE = 4
"""Looks that an endpoint may still be failed after a change that is to mend it."""


class Endpoints:
    """One operation's view of the API."""

    def __init__(self, session: Session, pace: Pace | None = None) -> None:
        self._session = session
        self._pace = pace or Pace()

    def create(self, new: Declaration, *, replaced: str | None = None) -> dict[str, Any]:
        """The state of a new endpoint, or of the one that a lost run made.

        `replaced` names the endpoint that this one is to replace; its own delete takes it away.
        """
        client = self._client(new.namespace)
        if variant_of(new.inputs) in MAINTENANCE:
            self._session.keep(f"the image {variant_of(new.inputs)} is in maintenance mode only")
        everyone = client.listed()
        mine = _of_owner(everyone, new)
        lost = next(
            (name for name, raw in mine.items() if name != replaced and _fulfils(raw, new)), None
        )
        others = {name: raw for name, raw in mine.items() if name != lost}
        held = _holder(new.inputs.get("domain"), others)
        patience = 0
        if lost is None:
            name = free_name(new, everyone, mine)
            raw = posted(client, name, new.creation(with_domain=held is None), new)
        else:
            self._session.keep(f"taking over {lost}, which an interrupted run has made")
            name, patience = lost, _PATIENCE if state_of(mine[lost]) in BROKEN else 0
            raw = client.update(name, new.everything(with_domain=held is None))
        raw = self._settled(client, name, new, raw, rollback=bool(others), patience=patience)
        if held is not None:
            raw = self._moved_domain(client, name, new, held)
        self._sweep(client, others.keys() - {replaced, held})
        return observed(new.inputs, raw)

    def read(
        self, identifier: str, inputs: Mapping[str, Any], state: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """(inputs, state) as the API tells them now; None where the endpoint is gone."""
        namespace, name = split(identifier)
        raw = self._client(namespace).get(name)
        if raw is None or not still_ours(raw, state):
            return None
        if not inputs:
            return found(namespace, raw)
        return dict(inputs), observed(inputs, raw, state)

    def update(
        self, identifier: str, state: Mapping[str, Any], old: Mapping[str, Any], new: Declaration
    ) -> dict[str, Any]:
        """The state after bringing the endpoint from `state` to `new`; `old` are its inputs."""
        client, name = self._client(new.namespace), split(identifier)[1]
        raw, patience = client.get(name), 0
        if raw is None:
            self._session.keep(f"{name} was deleted outside of Pulumi; making it again")
            raw = posted(client, name, new.creation(), new)
        else:
            changed = difference(old, state, new.inputs).changes.keys() - {"state"}
            broken = state_of(raw) in BROKEN
            if changed or broken:
                raw = client.update(name, new.change(changed) if changed else new.everything())
                patience = _PATIENCE if broken else 0
        raw = self._settled(client, name, new, raw, patience=patience, looks=2)
        self._sweep(client, _of_owner(client.listed(), new).keys() - {name})
        return observed(new.inputs, raw)

    def delete(self, identifier: str, state: Mapping[str, Any]) -> None:
        """Absent is success; an endpoint that somebody else made under this name stays."""
        namespace, name = split(identifier)
        client = self._client(namespace)
        raw = client.get(name)
        if raw is None:
            return
        if still_ours(raw, state):
            self._remove(client, name)
        else:
            self._session.keep(f"{name} stays: it is not the endpoint that this stack made")

    def _settled(
        self,
        client: Client,
        name: str,
        new: Declaration,
        raw: Raw,
        *,
        rollback: bool = False,
        patience: int = 0,
        looks: int = 1,
    ) -> Raw:
        """Wait until it is as declared; a replacement that does not start is taken away again."""
        wait = Wait(client, name, self._session, self._pace, patience=patience)
        try:
            return settle(client, wait, name, new.inputs, raw, looks=looks)
        except EndpointError as failure:
            if not rollback or failure.kind is errors.INTERRUPTED:
                raise self._partly(client, name, new, failure) from None
            try:
                self._remove(client, name)
            except EndpointError:
                raise self._partly(client, name, new, failure) from None
            detail = f"{failure.detail}\nThe old endpoint goes on; the new one was taken away."
            raise EndpointError(failure.kind, detail) from None

    def _moved_domain(self, client: Client, name: str, new: Declaration, held: str) -> Raw:
        """The new endpoint serves, so the old one gives its domain up by going."""
        self._session.report(f"{name} serves; moving {new.inputs['domain']} to it")
        self._remove(client, held)
        try:
            raw = client.update(name, new.change({"domain", "path"}))
        except EndpointError as failure:
            raise self._partly(client, name, new, failure) from None
        return self._settled(client, name, new, raw, looks=2)

    def _partly(
        self, client: Client, name: str, new: Declaration, failure: EndpointError
    ) -> OperationError:
        """The failure, with what there is of the endpoint, so that it is not forgotten."""
        try:
            raw = client.get(name)
        except EndpointError:
            raw = None
        if raw is None:
            return failure
        state = observed(new.inputs, raw)
        return PartlyDoneError(f"{new.namespace}/{name}", state, str(failure))

    def _sweep(self, client: Client, leftovers: Iterable[str]) -> None:
        for name in sorted(leftovers):
            self._session.keep(f"deleting {name}, which an interrupted run has left")
            self._remove(client, name)

    def _remove(self, client: Client, name: str) -> None:
        self._session.report(f"deleting {name}")
        client.delete(name)
        Wait(client, name, self._session, self._pace).gone()

    def _client(self, namespace: str) -> Client:
        return Client(namespace, self._session, self._pace)


def _of_owner(everyone: Iterable[Raw], new: Declaration) -> dict[str, Raw]:
    owner = new.own_tags[0]
    return {str(raw["name"]): raw for raw in everyone if tags_of(raw).owner == owner}


def _fulfils(raw: Raw, new: Declaration) -> bool:
    return tags_of(raw).generation == new.generation


def _holder(domain: str | None, others: Mapping[str, Raw]) -> str | None:
    """The one of `others` that has the domain; two cannot."""
    if domain is None:
        return None
    return next((name for name, raw in others.items() if domain_of(raw) == domain), None)
