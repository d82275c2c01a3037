"""Secrets in a stack file: only as encrypted values that an access key refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic.alias_generators import to_camel

from planning.problems import Problem
from planning.settings.explain import path_text
from planning.settings.keysource import KeySource
from planning.settings.settings import Stated

SECTIONS = tuple(map(to_camel, Stated.model_fields))
_HOW = "pulumi config set --secret slipway:{name}"


def check_secrets(raw: Mapping[str, object]) -> tuple[dict[str, object], list[Problem]]:
    """The keys without secrets, and what is wrong with those that are there or missing."""
    used = {**dict(_used(raw.get("access"))), **dict(_of_endpoint(raw.get("huggingFace")))}
    plain: dict[str, object] = {}
    problems = [problem for name, place in used.items() for problem in _check(name, place, raw)]
    for key, value in raw.items():
        if key in SECTIONS:
            if (where := _secure(value)) is None:
                plain[key] = value
            else:
                problems.append(_misplaced((key, *where)))
        elif is_secure(value):
            problems += [] if key in used else [_unused(key)]
        elif key not in used:
            plain[key] = value
    return plain, problems


def is_secure(value: object) -> bool:
    return isinstance(value, Mapping) and list(cast(Mapping[Any, Any], value)) == ["secure"]


def _used(access: object) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    keys: Any = cast(Any, access).get("keys") if isinstance(access, Mapping) else None
    for index, key in enumerate(cast(list[Any], keys) if isinstance(keys, list) else []):
        written: Any = cast(Any, key).get("from") if isinstance(key, Mapping) else None
        if isinstance(written, str) and written.startswith("config:"):
            name = written.removeprefix("config:")
            if KeySource.valid(written):
                yield name, ("access", "keys", index, "from")


def _of_endpoint(section: object) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Secrets of the container, the password of its registry, the token of its gateway."""
    if not isinstance(section, Mapping):
        return
    written = cast("Mapping[str, Any]", section)
    secrets = written.get("secrets")
    places: list[tuple[tuple[str | int, ...], object]] = []
    if isinstance(secrets, Mapping):
        named = cast("Mapping[str, object]", secrets)
        places += [(("huggingFace", "secrets", key), value) for key, value in named.items()]
    for part, key in (("registry", "password"), ("localGateway", "token")):
        inner = written.get(part)
        if isinstance(inner, Mapping):
            value = cast("Mapping[str, object]", inner).get(key)
            places.append((("huggingFace", part, key), value))
    for place, value in places:
        if isinstance(value, str) and value.startswith("config:") and KeySource.valid(value):
            yield value.removeprefix("config:"), place


def _check(name: str, place: tuple[str | int, ...], raw: Mapping[str, object]) -> Iterator[Problem]:
    if name in SECTIONS:
        code, got = "secret-name", f"config:{name}, the name of a section"
        fix = "give the secret another name"
    elif name not in raw:
        code, got = "secret-missing", f"config:{name}, which this stack has not set"
        fix = _HOW.format(name=name)
    elif not is_secure(raw[name]):
        code, got = "secret-plain", f"config:{name}, which is not encrypted"
        fix = _HOW.format(name=name) + " (and make a new key: this one stood in a file)"
    else:
        return
    yield Problem(
        path=path_text(place),
        code=code,
        got=got,
        allowed="the name of an encrypted value of this stack",
        fixes=(fix,),
    )


def _secure(value: object) -> tuple[str | int, ...] | None:
    """Where in a section the first encrypted value stands."""
    if is_secure(value):
        return ()
    inner: Any = ()
    if isinstance(value, Mapping):
        inner = cast(Mapping[Any, Any], value).items()
    elif isinstance(value, list):
        inner = enumerate(cast(list[Any], value))
    for step, part in inner:
        if (rest := _secure(part)) is not None:
            return (step, *rest)
    return None


def _misplaced(place: tuple[str | int, ...]) -> Problem:
    return Problem(
        path=path_text(place),
        code="secret-misplaced",
        got="an encrypted value",
        allowed="a plain value; secrets are referred to by config:<name>",
        fixes=("write the value plainly, or, for an API key, from: config:<name>",),
    )


def _unused(name: str) -> Problem:
    return Problem(
        path=path_text((name,)),
        code="secret-unused",
        got="an encrypted value that nothing refers to",
        allowed="secrets that access.keys[].from or huggingFace.secrets name",
        fixes=(f"add from: config:{name} to a key", f"or pulumi config rm slipway:{name}"),
    )
