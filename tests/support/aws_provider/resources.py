"""What the provider does with one resource: between the engine's requests and the cloud."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass

from pulumi.runtime.rpc import UNKNOWN

from tests.support.aws_provider import operations, schema
from tests.support.aws_provider.acting import Action, act
from tests.support.aws_provider.differences import DEFAULTS, Difference, difference
from tests.support.aws_provider.errors import AwsError, worded
from tests.support.aws_provider.orders import Call
from tests.support.aws_provider.paths import merged
from tests.support.aws_provider.row import row_of
from tests.support.aws_provider.settings import Settings
from tests.support.aws_provider.store import Store, Thing, look, things
from tests.support.aws_provider.values import Values

_VERBS = ("creating", "reading", "updating", "deleting")
_OPERATIONS = ("create", "read", "update", "delete")


class RefusedError(Exception):
    """What the provider tells the engine of an error of AWS."""


def token_of(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]


def name_of(urn: str) -> str:
    """The logical name."""
    return urn.split("::")[3]


def checked(
    urn: str, olds: Values, news: Values, seed: bytes
) -> tuple[Values, list[schema.Problem]]:
    """The inputs with a made-up name where they need one, and what is wrong with them."""
    token = token_of(urn)
    row = row_of(token)
    if not (row.terraform or row.previewed):
        raise LookupError(f"{token} is only known as something that AWS makes by itself")
    inputs = dict(news)
    if row.name and inputs.get(row.name) is None:
        start = news.get(f"{row.name}Prefix") or f"{name_of(urn)}-"
        old = olds.get(row.name) if row.name in olds.get(DEFAULTS, ()) else None
        inputs[row.name] = old or start + hashlib.sha256(seed).hexdigest()[:7]
        inputs[DEFAULTS] = [row.name]
    return inputs, schema.problems(schema.inputs(token), inputs)


def compared(
    token: str,
    settings: Settings,
    *,
    old: Values,
    state: Values,
    new: Values,
    ignored: Collection[str],
) -> tuple[Difference, dict[str, str]]:
    """The difference, and its kind in Pulumi's words for each property."""
    found = difference(token, old, new, ignored)
    kinds: dict[str, str] = {}
    for name in found.changed:
        kind = "ADD" if name not in old else "DELETE" if name not in new else "UPDATE"
        kinds[name] = f"{kind}_REPLACE" if name in found.replacing else kind
    tags = settings.tags_of(token, new)
    if tags is not None and "tags" not in ignored and tags != (state.get("tagsAll") or {}):
        kinds["tagsAll"] = "UPDATE"
    return found, kinds


@dataclass(frozen=True)
class Work:
    store: Store
    settings: Settings
    token: str
    name: str
    """Logical name."""
    on_reply: Callable[[Callable[[], None]], object]

    def create(self, inputs: Values, *, preview: bool) -> tuple[str, Values]:
        tags = self.settings.tags_of(self.token, inputs)
        given = _given(inputs)
        region = str(inputs.get("region") or self.settings.region)
        if preview:
            row = row_of(self.token)
            copies = {own for each in row.references for own in each.copies}
            later = dict.fromkeys([*row.outputs, *copies], UNKNOWN)
            return "", _shown(self.token, merged({**given, "tagsAll": tags}, later))
        made = self._act(
            0, lambda connection: operations.create(connection, self.token, region, given, tags)
        )
        assert made is not None
        return made.id, _shown(self.token, made.state)

    def update(self, identifier: str, olds: Values, news: Values, *, preview: bool) -> Values:
        tags = self.settings.tags_of(self.token, news)
        given = _given(news)
        if preview:
            later = dict.fromkeys(row_of(self.token).increments, UNKNOWN)
            return _shown(self.token, {**merged({**given, "tagsAll": tags}, olds), **later})

        def action(connection: sqlite3.Connection) -> Thing:
            thing = self._find(connection, identifier)
            if thing is None:
                raise AwsError("ResourceNotFoundException", f"{identifier} does not exist")
            return operations.update(connection, thing, given, tags)

        done = self._act(2, action)
        assert done is not None
        return _shown(self.token, done.state)

    def read(self, identifier: str, inputs: Values) -> tuple[str, Values, Values]:
        """An empty identifier where there is none; `inputs` empty: those to import it with."""
        found = self._act(1, lambda connection: self._find(connection, identifier, seen=True))
        if found is None:
            return "", {}, {}
        names = inputs.keys() - {DEFAULTS} if inputs else found.inputs.keys()
        current = {name: found.inputs.get(name, found.state.get(name)) for name in names}
        kept = {DEFAULTS: inputs[DEFAULTS]} if DEFAULTS in inputs else {}
        return found.id, _shown(self.token, found.state), {**current, **kept}

    def delete(self, identifier: str) -> None:
        """What is gone already is no error."""

        def action(connection: sqlite3.Connection) -> None:
            thing = self._find(connection, identifier)
            if thing is not None:
                operations.delete(connection, thing)

        self._act(3, action)

    def _find(
        self, connection: sqlite3.Connection, identifier: str, *, seen: bool = False
    ) -> Thing | None:
        """`seen`: as a look from outside, which may come too early."""
        where = {"type": self.token, "id": identifier}
        if seen:
            return look(connection, where)
        return next(iter(things(connection, **where)), None)

    def _act(self, kind: int, action: Action) -> Thing | None:
        row = row_of(self.token)
        call = Call(_OPERATIONS[kind], self.token, self.name)
        try:
            return act(self.store, call, action, self.on_reply)
        except AwsError as error:
            said = worded(error, row, _VERBS[kind], row.calls[kind], self.name)
            raise RefusedError(said) from None


def _given(inputs: Values) -> Values:
    return {key: value for key, value in inputs.items() if key != DEFAULTS and value is not None}


def _shown(token: str, state: Values) -> Values:
    return {key: value for key, value in state.items() if key in schema.outputs(token)}
