"""What AWS does to its objects: create, update and delete, each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from tests.support.aws_provider import links, special
from tests.support.aws_provider.errors import AwsError
from tests.support.aws_provider.paths import filled, merged, values_at
from tests.support.aws_provider.row import Made, Row, row_of
from tests.support.aws_provider.store import Thing, put, remove, things

Values = dict[str, Any]


def create(
    connection: sqlite3.Connection,
    token: str,
    region: str,
    inputs: Values,
    tags: Mapping[str, str] | None,
) -> Thing:
    """`tags` with those of the provider's configuration, None where the type has none.

    Raises AwsError.
    """
    row = row_of(token)
    thing = Thing(token, "", region, {**inputs, **_tags(tags)}, dict(inputs))
    links.require(connection, thing)
    special.refuse_creation(connection, thing)
    _refuse_if_taken(connection, row, thing)
    context = {**_facts(connection, region), **thing.state, **special.facts(thing)}
    thing.id = filled(row.id, context)
    _complete(thing, row, context)
    # Where no error is known for it, the call puts, and so may come twice.
    if (
        row.taken
        and not thing.state.get(row.overwrites)
        and things(connection, type=token, region=region, id=thing.id)
    ):
        raise AwsError(row.taken, f"'{thing.id}' exists already")
    special.make_room(connection, thing)
    put(connection, thing)
    for made in row.makes:
        _make(connection, thing, made)
    return thing


def update(
    connection: sqlite3.Connection, thing: Thing, inputs: Values, tags: Mapping[str, str] | None
) -> Thing:
    """Raises AwsError."""
    row = row_of(thing.type)
    special.refuse_update(connection, thing, inputs)
    dropped = thing.inputs.keys() - inputs.keys() - row.outputs.keys()
    old = {key: value for key, value in thing.state.items() if key not in dropped}
    computed = {name: _part(old.get(name), row.outputs[name]) for name in row.outputs}
    state = {**old, **merged(inputs, computed), **_tags(tags)}
    for name in row.increments:
        state[name] = int(thing.state[name]) + 1
    new = Thing(thing.type, thing.id, thing.region, state, dict(inputs), thing.owner)
    links.require(connection, new)
    special.after_update(new)
    put(connection, new)
    for made in row.makes:
        if made.when:
            _make(connection, new, made)
    return new


def delete(connection: sqlite3.Connection, thing: Thing) -> None:
    """Raises AwsError."""
    row = row_of(thing.type)
    if row.protected and thing.state.get(row.protected):
        raise AwsError("InvalidRequestException", f"{row.protected} is on for '{thing.id}'")
    held = [each for each in things(connection) if each.type in row.contents]
    for each in [each for each in held if each.owner == thing.key]:
        if not thing.state.get(row.emptied):
            raise AwsError(row.contents[each.type], f"'{thing.id}' is not empty: {each.id}")
    if not (row.emptied and thing.state.get(row.emptied)):
        links.refuse_if_in_use(connection, thing)
    for other in links.going_along(connection, thing):
        _remove_all(connection, other)
    special.before_delete(connection, thing)
    remove(connection, thing)


def _tags(tags: Mapping[str, str] | None) -> Values:
    return {} if tags is None else {"tagsAll": dict(tags)}


def _part(value: Any, template: Any) -> Any:
    """What of `value` is AWS's own: the keys of the template, where it is an object."""
    if isinstance(template, dict) and isinstance(value, dict):
        return {key: _part(value.get(key), template[key]) for key in template}
    return value


def _remove_all(connection: sqlite3.Connection, thing: Thing) -> None:
    remove(connection, thing)
    for other in links.going_along(connection, thing):
        _remove_all(connection, other)


def _complete(thing: Thing, row: Row, context: dict[str, Any]) -> None:
    """Add what AWS says of the object, each value able to name those before it."""
    context["id"] = thing.id
    for name, template in row.outputs.items():
        value = filled(template, context)
        thing.state = merged(thing.state, {name: value})
        context[name] = thing.state[name]


def _refuse_if_taken(connection: sqlite3.Connection, row: Row, thing: Thing) -> None:
    own = [thing.state.get(name) for name in row.unique]
    if not any(value is not None for value in own) or thing.state.get(row.overwrites):
        return
    for other in things(connection, type=thing.type):
        if (row.everywhere or other.region == thing.region) and own == [
            other.state.get(name) for name in row.unique
        ]:
            said = ", ".join(str(value) for value in own if value is not None)
            raise AwsError(row.taken, f"{row.label} with {said} already exists")


def _make(connection: sqlite3.Connection, owner: Thing, made: Made) -> None:
    if made.when and not any(values_at(made.when, owner.state)):
        return
    context = {**_facts(connection, owner.region), **owner.state, "id": owner.id}
    for item in values_at(made.each, owner.state) if made.each else [""]:
        name = filled(made.id, {**context, "item": item})
        if things(connection, type=made.type, id=name, region=owner.region):
            continue
        state = filled(made.state, {**context, "item": item})
        goes_with = "" if made.stays else owner.key
        put(connection, Thing(made.type, name, owner.region, state, owner=goes_with))


def _facts(connection: sqlite3.Connection, region: str) -> dict[str, Any]:
    """What templates can name beside the object's own properties."""
    settings = connection.execute("SELECT name, value FROM settings")
    return {"region": region, **{f"setting_{name}": value for name, value in settings}}
