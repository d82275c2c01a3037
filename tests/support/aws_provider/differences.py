"""What a new program changes of an object, and whether that makes another object."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.aws_provider import conditions
from tests.support.aws_provider.changes import Changes, changes
from tests.support.aws_provider.paths import values_at
from tests.support.aws_provider.row import row_of

DEFAULTS = "__defaults"
"""Input in which the provider keeps which names it has made up."""


@dataclass(frozen=True)
class Difference:
    changed: frozenset[str]
    """Top-level inputs."""
    replacing: frozenset[str]
    """Those of them that make another object."""
    delete_first: bool
    """The new object could not stand beside the old one, for they have one name."""


def difference(
    token: str, old: Mapping[str, Any], new: Mapping[str, Any], ignored: Collection[str] = ()
) -> Difference:
    """`old` and `new` are inputs."""
    facts = changes()[token]
    changed = {
        name
        for name in (old.keys() | new.keys()) - {DEFAULTS} - set(ignored)
        if _shape(facts, name, old.get(name)) != _shape(facts, name, new.get(name))
        and not (new.get(name) is None and name in facts.computed)
    }
    replacing = {
        path.partition(".")[0]
        for path in facts.replace
        if path.partition(".")[0] in changed and _differs(facts, path, old, new)
    } | {name for name in changed if conditions.replaces(token, name, (old, new))}
    name = row_of(token).name
    named = bool(name) and name not in new.get(DEFAULTS, ()) and old.get(name) == new.get(name)
    return Difference(frozenset(changed), frozenset(replacing), bool(replacing) and named)


def _differs(facts: Changes, path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    first, second = (
        [_shape(facts, path, each) for each in values_at(path, side)] for side in (old, new)
    )
    return first != second


def _shape(facts: Changes, path: str, value: Any) -> Any:
    """`value` such that two that mean the same are equal."""
    if isinstance(value, Mapping):
        shaped = {key: _shape(facts, f"{path}.{key}", each) for key, each in value.items()}
        return {key: each for key, each in shaped.items() if each is not None} or None
    if isinstance(value, list):
        parts = [_shape(facts, path, each) for each in value]
        return (sorted(parts, key=str) if path in facts.sets else parts) or None
    if isinstance(value, str) and value[:1] in "{[" and value:
        try:
            return json.dumps(json.loads(value), sort_keys=True)
        except ValueError:
            return value
    return value
