"""A stack file (`Pulumi.<stack>.yaml`) to its `slipway:` keys, without Pulumi."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import yaml

from planning.problems import Problem, SettingsError
from planning.settings.echo import kind_of
from planning.settings.explain import unknown_key
from planning.settings.settings import Settings
from planning.stackfile.keys import sort_keys
from planning.stackfile.load import load_settings
from planning.stackfile.yamltext import CoreLoader

# Top-level keys of Pulumi's own stack-file format.
PULUMI_KEYS = ("config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt")
_LARGEST = 256 * 1024


def load_stack_file(path: Path) -> Settings:
    """Read and validate; raises SettingsError with all problems of file and settings."""
    raw, problems = read_stack_file(path)
    if raw is None:
        raise SettingsError(tuple(problems), origin=str(path))
    try:
        settings = load_settings(raw, origin=str(path))
    except SettingsError as error:
        problems += error.problems
    else:
        if not problems:
            return settings
    raise SettingsError(tuple(problems), origin=str(path))


def stack_name(path: Path) -> str:
    """`dev` of `Pulumi.dev.yaml`; another name as it is."""
    found = re.fullmatch(r"Pulumi\.(.+)\.ya?ml", path.name)
    return found[1] if found else path.stem


def read_stack_file(path: Path) -> tuple[dict[str, object] | None, list[Problem]]:
    """The `slipway:` keys without the namespace (None if unreadable), and what is wrong."""
    try:
        content = path.read_bytes()[: _LARGEST + 1]
        text = content.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [_unreadable(path, reason, "name an existing file, such as Pulumi.dev.yaml")]
    except UnicodeDecodeError as error:
        return None, [_unreadable(path, f"no UTF-8 at byte {error.start}", "save it as UTF-8")]
    if len(content) > _LARGEST:
        return None, [_unreadable(path, "more than 256 Ki", "name a stack file")]
    return _parse(path, text)


def _parse(path: Path, text: str) -> tuple[dict[str, object] | None, list[Problem]]:
    try:
        loader = CoreLoader(text)
        document: Any = loader.get_single_data()
    except (yaml.YAMLError, ValueError) as error:
        return None, [_unreadable(path, _fault(error), "mend the YAML at that place")]
    except RecursionError:
        return None, [_unreadable(path, "YAML nested too deeply", "write fewer levels")]
    problems = [
        Problem(
            path=f"{path.name}, line {line}",
            code="key-twice",
            got=f"the key {key[:60]} for a second time",
            allowed="each key once",
            fixes=("remove one of the two",),
        )
        for key, line in loader.repeated
    ]
    if not isinstance(document, dict):
        return None, [*problems, _shape(path.name, document)]
    document = cast("dict[object, object]", document)
    problems += [
        unknown_key(path.name, key, PULUMI_KEYS) for key in document if key not in PULUMI_KEYS
    ]
    config = document.get("config")
    if not isinstance(config, dict):
        return None, [*problems, _shape("config", config)]
    if not _bounded(cast(object, config)):
        return None, [
            *problems,
            _unreadable(path, "a value that contains itself or is huge", "write it out"),
        ]
    raw, more = sort_keys(cast("dict[object, object]", config))
    return raw, problems + more


def _unreadable(path: Path, reason: str, fix: str) -> Problem:
    return Problem(
        path=path.name,
        code="unreadable",
        got=reason,
        allowed="a Pulumi stack file in YAML",
        fixes=(fix,),
    )


def _shape(place: str, value: object) -> Problem:
    return Problem(
        path=place,
        code="wrong-type" if value is not None else "missing-key",
        got=kind_of(value),
        allowed="a section with keys" if place == "config" else "a section with the key config",
        fixes=("write config: and below it slipway:target: local and slipway:model",),
    )


def _fault(error: Exception) -> str:
    """The YAML fault and its place, without the text around it (which may hold a secret)."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        what = re.sub(r"'[^'\s]{3,}'", "(a word)", error.problem or "not YAML")
        mark = error.problem_mark
        return f"{what}, at line {mark.line + 1}, column {mark.column + 1}"
    return "characters or numbers that YAML does not allow"


def _bounded(value: object, limit: int = 20_000) -> bool:
    """False for a value that aliases make endless or huge."""
    todo: list[Any] = [value]
    for _ in range(limit):
        if not todo:
            return True
        inner = todo.pop()
        if isinstance(inner, dict):
            todo += cast("dict[Any, Any]", inner).values()
        elif isinstance(inner, list):
            todo += cast("list[Any]", inner)
    return False
