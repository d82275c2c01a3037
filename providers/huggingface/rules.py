"""What a value of an input may be; each rule answers with what is wrong, or None."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, cast

from providers.plugin.values import Unknown

Rule = Callable[[Any], str | None]


def text(pattern: str, words: str, *, echo: bool = True) -> Rule:
    """`echo` says whether a wrong value may be shown: not where people paste secrets."""
    compiled = re.compile(pattern)

    def rule(value: Any) -> str | None:
        if isinstance(value, str) and compiled.fullmatch(value):
            return None
        return f"must be {words}{f', not {_shown(value)}' if echo else ''}"

    return rule


def one_of(*allowed: str) -> Rule:
    def rule(value: Any) -> str | None:
        return None if value in allowed else f"must be {', '.join(allowed)}, not {_shown(value)}"

    return rule


def whole(low: int, high: int) -> Rule:
    def rule(value: Any) -> str | None:
        good = is_number(value) and value == int(value) and low <= value <= high
        return None if good else f"must be a whole number from {low} to {high}, not {_shown(value)}"

    return rule


def positive(value: Any) -> str | None:
    good = is_number(value) and value > 0
    return None if good else f"must be a number above 0, not {_shown(value)}"


def flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else f"must be true or false, not {_shown(value)}"


def each(rule: Rule, *, unique: bool = False) -> Rule:
    """A list of values that `rule` allows."""

    def over(value: Any) -> str | None:
        if not isinstance(value, list):
            return f"must be a list, not {_shown(value)}"
        items = [item for item in cast(list[Any], value) if not isinstance(item, Unknown)]
        if unique and len(set(map(str, items))) < len(items):
            return "holds a value twice"
        return next((f"item {n}: {said}" for n, i in enumerate(items) if (said := rule(i))), None)

    return over


def table(keys: Rule, values: Rule) -> Rule:
    """A map whose keys and values the rules allow."""

    def over(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return f"must be a map, not {_shown(value)}"
        for name, item in cast(Mapping[str, Any], value).items():
            said = keys(name) or (None if isinstance(item, Unknown) else values(item))
            if said:
                return f"{name}: {said}"
        return None

    return over


def section(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    """A map with named fields, and no others."""
    rules = {**required, **optional}

    def over(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return f"must be a map with {', '.join(rules)}"
        given = cast(Mapping[str, Any], value)
        for name in required.keys() - given.keys():
            return f"{name} is missing"
        for name, item in given.items():
            if name not in rules:
                return f"{name} is not one of {', '.join(rules)}"
            said = None if isinstance(item, Unknown) else rules[name](item)
            if said:
                return f"{name} {said}"
        return None

    return over


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def names(value: Any) -> Collection[str]:
    """Keys of a map; none of anything else."""
    return set(cast(Mapping[str, Any], value)) if isinstance(value, Mapping) else set()


_LONGEST: Final = 60


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST else value[:_LONGEST] + "…")
    if isinstance(value, bool | int | float):
        return str(value).lower()
    return {list: "a list", dict: "a map"}.get(type(value), "something else")  # pyright: ignore
