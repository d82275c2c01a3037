"""What the pinned SDK says of a resource type: its inputs, their types, what it outputs."""

from __future__ import annotations

import importlib
import inspect
import keyword
import re
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

# The SDK's own readers of its generated classes; pinned with it, and public nowhere.
from pulumi import _types as sdk

Problem = tuple[str, str]
"""The top-level property and what is wrong."""


@dataclass(frozen=True)
class Fields:
    """The properties of an input class."""

    types: Mapping[str, Any]
    """By camelCase name."""
    required: frozenset[str]


@cache
def resource_class(token: str) -> type:
    """Raises LookupError for a token that the SDK does not have."""
    package, path, name = token.split(":")
    module, _, file = path.partition("/")
    module += "_" if keyword.iskeyword(module) else ""
    try:
        found = importlib.import_module(f"pulumi_{package}.{module}.{snake(file)}")
    except ModuleNotFoundError:
        raise LookupError(f"the pinned SDK has no type {token}") from None
    return getattr(found, name)


@cache
def arguments_class(token: str) -> type:
    """It has another name where an object of the module took that one."""
    cls = resource_class(token)
    module = inspect.getmodule(cls)
    choice = (f"{cls.__name__}Args", f"{cls.__name__}InitArgs")
    found = (getattr(module, name, None) for name in choice)
    return next(each for each in found if each and each.__module__ == cls.__module__)


@cache
def inputs(token: str) -> Fields:
    return fields(arguments_class(token))


@cache
def outputs(token: str) -> frozenset[str]:
    return frozenset(sdk.resource_types(resource_class(token)))


def names(cls: type) -> dict[str, str]:
    """Python's name -> the schema's, of the properties of an input class."""
    return sdk.input_type_py_to_pulumi_names(cls)


@cache
def fields(cls: type) -> Fields:
    known = names(cls)
    parameters = inspect.signature(cls.__init__).parameters
    return Fields(
        types=sdk.input_type_types(cls),
        required=frozenset(
            known[name]
            for name, each in parameters.items()
            if name in known and each.default is inspect.Parameter.empty
        ),
    )


def problems(known: Fields, values: Mapping[str, Any], path: str = "") -> list[Problem]:
    """Names that the type does not have, and required ones that are left out."""
    found: list[Problem] = []
    for name in known.required - {key for key, value in values.items() if value is not None}:
        found.append((path or name, f"{path}{name} is required"))
    for name, value in values.items():
        if name.startswith("__"):
            continue
        if name not in known.types:
            found.append((path or name, f"the pinned SDK has no property {path}{name}"))
            continue
        nested = nested_class(known.types[name])
        for part in value if isinstance(value, list) else [value]:
            if nested and isinstance(part, dict):
                found += problems(fields(nested), part, f"{path}{name}.")
    return found


def nested_class(annotation: Any) -> type | None:
    """The input class of a property that is an object, or a list of objects."""
    if inspect.isclass(annotation) and sdk.is_input_type(annotation):
        return annotation
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType) or (
        inspect.isclass(origin) and issubclass(origin, Sequence)
    ):
        found = (nested_class(each) for each in typing.get_args(annotation))
        return next((each for each in found if each), None)
    return None


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
