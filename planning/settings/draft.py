"""The good part of a stack file, so that rules over several keys run beside errors in others."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from planning.problems import Problem
from planning.settings.explain import Location, explain
from planning.settings.settings import Stated


def read_stated(raw: Mapping[str, object]) -> tuple[Stated, list[Problem]]:
    """Validate every section of `raw`; a refused key counts as absent in the returned value."""
    rest = copy.deepcopy(dict(raw))
    stated, faults = _validated(rest)
    first = explain(faults, rest)
    while faults:
        # Again for what the pruning left behind: a list now empty, a section now incomplete.
        _prune(rest, explain(faults, rest))
        stated, faults = _validated(rest)
    return stated, list(first.values())


def _validated(rest: Mapping[str, object]) -> tuple[Stated, list[ErrorDetails]]:
    """Section by section: what is not written costs nothing, not even its validator."""
    values: dict[str, Any] = {}
    faults: list[ErrorDetails] = []
    for key, value in rest.items():
        try:
            values[key] = _section(key).validate_python(value)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                faults.append({**fault, "loc": (key, *fault["loc"])})
    return Stated.model_construct(**values), faults


@cache
def _section(key: str) -> TypeAdapter[Any]:
    (field,) = (field for field in Stated.model_fields.values() if field.alias == key)
    kind: Any = field.annotation
    for limit in field.metadata:
        kind = Annotated[kind, limit]
    return TypeAdapter(kind)


def _prune(rest: dict[str, object], found: Mapping[Location, Problem]) -> None:
    """Take away each refused key, or the whole section where a needed key is missing."""
    lacking = {place[:-1] for place, problem in found.items() if problem.code == "missing-key"}
    places = {place for place, problem in found.items() if problem.code != "missing-key"} | lacking
    for place in sorted(places, key=_order, reverse=True):
        try:
            parent: Any = _parent(rest, place)
            del parent[place[-1]]
        except (KeyError, IndexError):
            continue  # went with the section around it


def _parent(rest: object, place: Location) -> object:
    for step in place[:-1]:
        rest = cast(Any, rest)[step]
    return rest


def _order(place: Iterable[str | int]) -> list[tuple[int, str]]:
    """Deeper and later list entries last, so that deleting backwards keeps indices true."""
    return [(step, "") if isinstance(step, int) else (-1, str(step)) for step in place]
