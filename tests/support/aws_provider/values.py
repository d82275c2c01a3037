"""Plain values from and to the messages of Pulumi's protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf import json_format, struct_pb2
from pulumi.runtime.rpc import UNKNOWN

Values = dict[str, Any]


def plain(struct: struct_pb2.Struct) -> Values:
    """Whole numbers as int; an unknown value is the text UNKNOWN."""
    return {key: _plain(value) for key, value in json_format.MessageToDict(struct).items()}


def message(values: Mapping[str, Any]) -> struct_pb2.Struct:
    found = struct_pb2.Struct()
    found.update({key: value for key, value in values.items() if value is not None})
    return found


def known(value: Any) -> bool:
    """Whether no part of it waits for something that a preview does not make."""
    if isinstance(value, Mapping):
        return all(known(each) for each in value.values())
    if isinstance(value, list):
        return all(known(each) for each in value)
    return value != UNKNOWN


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
