"""The good part of a stack file, so that rules over several keys run beside errors in others."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any, cast

from pydantic import ValidationError

from planning.problems import Problem
from planning.settings.explain import Location, explain
from planning.settings.settings import Stated


def read_stated(raw: Mapping[str, object]) -> tuple[Stated, list[Problem]]:
    """Validate every key; a refused one counts as absent in the returned value."""
    rest = copy.deepcopy(dict(raw))
    try:
        return Stated.model_validate(rest), []
    except ValidationError as error:
        first = explain(error, rest)
    _prune(rest, first)
    while True:
        try:
            return Stated.model_validate(rest), list(first.values())
        except ValidationError as error:
            # Only what the pruning left behind: a list now empty, a section now incomplete.
            _prune(rest, explain(error, rest))


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
