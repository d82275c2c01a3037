"""Which keys of a stack's config are ours, and which were meant to be."""

from __future__ import annotations

from planning.problems import Problem
from planning.settings.echo import echo
from planning.spelling import nearest
from planning.stackfile.secrets import SECTIONS

NAMESPACE = "slipway"


def sort_keys(config: dict[object, object]) -> tuple[dict[str, object], list[Problem]]:
    """Keys of the namespace without it; a mistyped namespace is named and then read as meant."""
    ours: dict[str, object] = {}
    meant: dict[str, object] = {}
    problems: list[Problem] = []
    for key, value in config.items():
        namespace, colon, name = key.partition(":") if isinstance(key, str) else ("", "", "")
        if namespace == NAMESPACE and colon:
            ours[name] = value
        elif not colon or (name in SECTIONS and nearest(namespace, [NAMESPACE])):
            name = name or str(key)
            problems.append(_foreign(key, name))
            if name in SECTIONS:
                meant[name] = value
    return {**meant, **ours}, problems


def respell(keys: dict[str, object]) -> tuple[dict[str, object], list[Problem]]:
    """Name each unknown section, and read it as the one that was meant where that is absent."""
    problems: list[Problem] = []
    result = {key: value for key, value in keys.items() if key in SECTIONS}
    for key, value in keys.items():
        if key not in SECTIONS:
            meant = nearest(key, SECTIONS)
            problems.append(_unknown(key, meant))
            if meant:
                result.setdefault(meant, value)
    return result, problems


def _foreign(key: object, name: str) -> Problem:
    meant = nearest(name, SECTIONS)
    return Problem(
        path=f"config.{key if isinstance(key, str) else echo(key)}"[:80],
        code="namespace",
        got=f"the key {echo(key)}",
        allowed=f"keys with a namespace; those of this project begin with {NAMESPACE}:",
        fixes=(f"write {NAMESPACE}:{meant}" if meant else "remove it",),
    )


def _unknown(key: str, meant: str | None) -> Problem:
    return Problem(
        path=f"{NAMESPACE}:{key}"[:80],
        code="unknown-key",
        got=f"the key {echo(key)}",
        allowed=", ".join(SECTIONS),
        fixes=(f"write {NAMESPACE}:{meant}" if meant else "remove it",),
    )
