"""pydantic's errors as problems: which key, what was written, what may be, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic_core import ErrorDetails

from planning.problems import Problem
from planning.settings.echo import echo, kind_of
from planning.settings.words import Node, allowed, alternatives, node_at
from planning.spelling import nearest

_MOVED = {
    "slipway:huggingFace.preflight": "slipway:checks.preflight",
    "slipway:huggingFace.smokeCheck": "slipway:checks.smoke",
}
"""Keys of earlier releases, and what is written now."""
Location = tuple[str | int, ...]
_CODES = {
    "extra_forbidden": "unknown-key",
    "invalid_key": "unknown-key",
    "missing": "missing-key",
    "literal_error": "not-allowed",
    "enum": "not-allowed",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "too_short": "out-of-range",
    "too_long": "out-of-range",
    "finite_number": "out-of-range",
}


def explain(faults: Iterable[ErrorDetails], raw: object) -> dict[Location, Problem]:
    """Every problem by the location that is to blame; alternatives of one key are one problem."""
    found: dict[Location, Problem] = {}
    for detail in faults:
        location = _written(detail["loc"], raw, missing=detail["type"] == "missing")
        if location not in found:
            found[location] = _problem(location, detail, raw)
    return {place: problem for place, problem in found.items() if not _follows(place, found)}


def path_text(location: Sequence[str | int]) -> str:
    """`("access", "keys", 0, "from")` as `slipway:access.keys[0].from`."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return "slipway:" + text.removeprefix(".")


def value_at(raw: object, location: Sequence[str | int]) -> object:
    value: Any = raw
    for step in location:
        value = value[step]
    return value


def unknown_key(path: str, key: object, known: Sequence[str], code: str = "unknown-key") -> Problem:
    """A key that means nothing here, with the one that was probably meant."""
    meant = _MOVED.get(path) or (nearest(key, known) if isinstance(key, str) else None)
    fix = f"write {meant}" if meant else "remove it"
    return Problem(
        path=path, code=code, got=f"the key {echo(key)}", allowed=", ".join(known), fixes=(fix,)
    )


def _follows(place: Location, found: Mapping[Location, Problem]) -> bool:
    """Whether a problem is only another's echo."""
    if found[place].code == "missing-key":  # it stands there in a wrong spelling
        fix = (f"write {place[-1]}",)
        return any(p.fixes == fix and other[:-1] == place[:-1] for other, p in found.items())
    # pydantic does not count refused entries of a list, and calls it too short.
    return any(other[: len(place)] == place for other in found if other != place)


def _written(location: Location, raw: object, *, missing: bool) -> Location:
    """`location` without pydantic's names for the alternatives of a union."""
    value: Any = raw
    steps: list[str | int] = []
    for step in location:
        if isinstance(value, dict) and (step in value or missing):
            value = cast("dict[str, Any]", value).get(cast(str, step))
        elif isinstance(value, list) and isinstance(step, int):
            value = cast("list[Any]", value)[step]
        else:
            break
        steps.append(step)
    return tuple(steps)


def _problem(location: Location, detail: Any, raw: object) -> Problem:
    # Our own validators name their code, which has a dash as no code of pydantic's has.
    kind = str(detail["type"])
    code = _CODES.get(kind, kind if "-" in kind else "wrong-type")
    if code == "unknown-key":
        known = [key for node in alternatives(node_at(location[:-1])) for key in node["properties"]]
        return unknown_key(path_text(location), location[-1], known)
    node = node_at(location)
    if code == "missing-key":
        return Problem(
            path=path_text(location),
            code=code,
            got="nothing",
            allowed=allowed(node),
            fixes=(f"add {location[-1]}",),
        )
    value = value_at(raw, location)
    return Problem(
        path=path_text(location),
        code=code,
        got=_got(value, node),
        allowed=allowed(node),
        fixes=tuple(detail.get("ctx", {}).get("fixes", ())) or _fixes(value, node),
    )


def _got(value: object, node: Node) -> str:
    shapes = list(alternatives(node))
    scalar = all(shape.get("type") not in ("object", "array") for shape in shapes)
    hidden = any(shape.get("x-sensitive") for shape in [node, *shapes]) or not scalar
    return kind_of(value) if hidden else echo(value)


def _fixes(value: object, node: Node) -> tuple[str, ...]:
    shapes = list(alternatives(node))
    words = [str(word) for shape in shapes for word in shape.get("enum", [shape.get("const")])]
    if isinstance(value, str) and (meant := nearest(value, words)):
        return (f"write {meant}",)
    if any("properties" in shape for shape in shapes):
        return ("write its keys below it, indented",)
    default = node.get("default")
    otherwise = (
        "write what is allowed" if default is None else f"remove it for the default, {default}"
    )
    numeric = [shape for shape in shapes if shape.get("type") in ("integer", "number")]
    return (*_number_fix(value, numeric[0] if numeric else None), otherwise)


def _number_fix(value: object, shape: Node | None) -> Iterator[str]:
    if shape is None or isinstance(value, bool):
        return
    if isinstance(value, str) and value.strip().isdecimal():
        yield f"write {int(value)} without quotes"
    elif isinstance(value, int | float):
        if (low := shape.get("minimum")) is not None and value < low:
            yield f"write {low}"
        if (high := shape.get("maximum")) is not None and value > high:
            yield f"write {high}"
