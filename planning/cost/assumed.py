"""Amounts of use that somebody assumes, in a file that is reviewed: no program states them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import yaml

from planning.catalog import Catalog
from planning.problems import Problem, SettingsError

SPREAD = ("low", "typical", "high")


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """Of each resource that is billed by it, a month, in the unit of its price."""

    low: Decimal
    typical: Decimal
    high: Decimal


def read_assumptions(text: str, origin: str, catalog: Catalog) -> Mapping[str, Assumed]:
    """By the name of what is billed, such as `nat-gateway-data`. Raises SettingsError with every
    problem."""
    items = items_of(catalog)
    problems: list[Problem] = []
    try:
        content: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        content = None
        problems.append(_problem("usage", "no YAML", " ".join(str(error).split()), _EXAMPLE))
    usage = cast("Any", content).get("usage") if isinstance(content, dict) else None
    found: dict[str, Assumed] = {}
    if isinstance(usage, dict):
        for name, value in cast("dict[Any, Any]", usage).items():
            wrong = list(_wrong(str(name), value, items))
            problems.extend(wrong)
            if not wrong:
                found[str(name)] = Assumed(**{key: Decimal(str(value[key])) for key in SPREAD})
        unknown = [str(key) for key in cast("dict[Any, Any]", content) if key != "usage"]
        problems += [
            _problem(key, "a key that nothing reads", "usage", "remove it") for key in unknown
        ]
    elif not problems:
        problems.append(_problem("usage", f"{usage!r}", "amounts by what is billed", _EXAMPLE))
    if problems:
        raise SettingsError(tuple(problems), origin=origin)
    return found


def items_of(catalog: Catalog) -> Mapping[str, str]:
    """What is billed by use, and the unit of its price where one is known."""
    names = {name for row in catalog.cost_kinds.values() for name in row.value.usage}
    units = {key.partition("/")[2]: row.value.unit for key, row in catalog.service_prices.items()}
    return {name: units.get(name, "") for name in sorted(names)}


_EXAMPLE = "write usage: {nat-gateway-data: {low: 10, typical: 100, high: 1000}}"


def _wrong(name: str, value: Any, items: Mapping[str, str]) -> Iterator[Problem]:
    path = f"usage.{name}"
    if name not in items:
        near = difflib.get_close_matches(name, items, n=1)
        fix = f"write {near[0]}" if near else "remove it"
        yield _problem(path, "nothing that is billed by use", ", ".join(items), fix)
        return
    if not isinstance(value, dict) or set(cast("dict[Any, Any]", value)) != set(SPREAD):
        yield _problem(path, f"{value!r}", "low, typical and high", _EXAMPLE)
        return
    numbers = [cast("dict[str, Any]", value)[key] for key in SPREAD]
    for key, number in zip(SPREAD, numbers, strict=True):
        if (
            isinstance(number, bool)
            or not isinstance(number, int | float)
            or not 0 <= number < 1e15
        ):
            allowed = f"{items[name] or 'an amount'} a month, 0 or more"
            yield _problem(f"{path}.{key}", f"{number!r}", allowed, f"write {key}: 100")
            return
    if sorted(numbers) != numbers:
        yield _problem(path, f"{numbers}", "low <= typical <= high", "write them in that order")


def _problem(path: str, got: str, allowed: str, fix: str) -> Problem:
    return Problem(path=path, code="assumption", got=got, allowed=allowed, fixes=(fix,))
