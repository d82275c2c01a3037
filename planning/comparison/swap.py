"""The same stack file for another target, without what that target cannot honour."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from planning.catalog import Catalog
from planning.problems import Problem, SettingsError
from planning.settings import Settings
from planning.settings.settings import Target
from planning.stackfile import load_settings

_KEPT = ("target", "model", "models")
"""Sections that are what is compared: another model would be no comparison."""
_RANGE = "range-unsupported"


@dataclass(frozen=True, kw_only=True)
class Lost:
    """One key of the stack file that counts for nothing on a target."""

    key: str
    """As in messages, such as `slipway:access.keys`."""
    because: str


@dataclass(frozen=True, kw_only=True)
class Swapped:
    """A stack file on a target."""

    settings: Settings | None
    """None: that target cannot serve this model at all, see `problems`."""
    lost: tuple[Lost, ...]
    problems: tuple[Problem, ...] = ()


def on_target(
    raw: Mapping[str, object], target: Target, *, origin: str, catalog: Catalog
) -> Swapped:
    """`raw` as for `load_settings`, valid on its own target.

    What the rules refuse there is dropped and named, until they refuse nothing more.
    """
    keys: dict[str, object] = {**copy.deepcopy(dict(raw)), "target": target}
    lost: list[Lost] = []
    while True:
        try:
            settings = load_settings(keys, origin=origin, catalog=catalog)
            return Swapped(settings=settings, lost=tuple(lost))
        except SettingsError as error:
            dropped = [problem for problem in error.problems if _drop(keys, problem)]
            if not dropped:
                return Swapped(settings=None, lost=tuple(lost), problems=error.problems)
            lost += [Lost(key=problem.path, because=_because(problem)) for problem in dropped]


def _drop(keys: dict[str, object], problem: Problem) -> bool:
    """Take the key away; a range of replicas becomes its end. False: it cannot be."""
    path = re.findall(r"[^.\[\]:]+", problem.path.removeprefix("slipway:"))
    if not path or path[0] in _KEPT:
        return False
    parent: Any = keys
    try:
        for step in path[:-1]:
            parent = _inside(parent, step)
        if problem.code == _RANGE:
            parent[path[-1]] = int(str(parent[path[-1]]).rpartition("..")[2])
        elif isinstance(parent, list):
            del cast("list[object]", parent)[int(path[-1])]
        else:
            del parent[path[-1]]
    except (KeyError, IndexError, TypeError, ValueError):
        return False  # it is not written: a rule about something else
    return True


def _inside(parent: Any, step: str) -> Any:
    return cast("list[Any]", parent)[int(step)] if isinstance(parent, list) else parent[step]


def _because(problem: Problem) -> str:
    """Problems tell no secrets, so their words can be shown."""
    if problem.code == _RANGE:
        return f"{problem.got}: the most of them count"
    return f"{problem.got}; {problem.allowed}"
