"""One registration as calls: operation and arguments, by the rows of `calls.yaml`."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import botocore.session
import yaml
from botocore.validate import ParamValidator

from tests.support.aws_calls.values import NotInModelError, at, converted, member, tag_list

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    service: str
    operation: str
    """As AWS calls it, such as `CreateVpc`."""
    arguments: dict[str, Any]

    def problems(self) -> str:
        """What botocore's model of the service says of the arguments; empty: nothing."""
        report = ParamValidator().validate(self.arguments, _input(self.service, self.operation))
        return report.generate_report() if report.has_errors() else ""


@functools.cache
def rows() -> Mapping[str, Row]:
    return yaml.safe_load(Path(__file__).with_name("calls.yaml").read_text())


def first_call(kind: str, name: str, inputs: Mapping[str, Any]) -> Call:
    """What makes it. Raises NotInModelError for what AWS's model does not have."""
    row = rows()[kind]
    made = _Made(row["call"])
    elsewhere = {key for more in row.get("more", ()) for key in more["takes"]}
    for key, value in inputs.items():
        if key == "tags" and "tags" in row:
            made.tag(row["tags"], value)
        elif key not in elsewhere and key not in row.get("own", ()):
            made.put(row.get("as", {}).get(key) or _place(row, key), value)
    for path, value in row.get("adds", {}).items():
        made.put(path, value)
    if "name" in row and row["name"] not in made.arguments:
        made.put(row["name"], made_up(name))
    return made.call


def further_calls(kind: str, inputs: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[Call]:
    """What it needs beside; `known`: its id and name."""
    for more in rows()[kind].get("more", ()):
        made = _Made(more["call"])
        for key, path in more["takes"].items():
            if path and key in inputs:
                made.put(path, inputs[key])
        for word in {"id", "name"} & more.keys():
            made.put(more[word], known[word])
        yield made.call


def last_calls(kind: str, inputs: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[Call]:
    """What takes it away."""
    gone = rows()[kind].get("gone")
    for row in (gone.get("first"), gone) if gone else ():
        if row is not None:
            made = _Made(row["call"])
            for path, said in row["takes"].items():
                made.put(path, inputs[said[1:]] if said.startswith("=") else known[said])
            yield made.call


def made_up(name: str) -> str:
    """A physical name such as the engine makes: short, and of letters that all services take."""
    return "".join(one if one.isalnum() else "-" for one in name)[:50].lower() + "-1a2b3c4"


class _Made:
    def __init__(self, call: str) -> None:
        service, operation = call.split(".")
        self.arguments: dict[str, Any] = {}
        self.call = Call(service, operation, self.arguments)
        self._shape = _input(service, operation)

    def put(self, path: str, value: Any) -> None:
        """A list as the last step of a path means one element for each value."""
        steps = path.split(".")
        place, shape = self.arguments, self._shape
        for step in steps[:-1]:
            name, _ = member(shape, step.removesuffix("[]"))
            shape = at(shape, [step])
            if isinstance(value, list) and step == steps[-2] and step.endswith("[]"):
                key, inner = member(shape, steps[-1])
                place[name] = [{key: converted(inner, one)} for one in value]
                return
            found = place.setdefault(name, [{}] if step.endswith("[]") else {})
            place = found[0] if step.endswith("[]") else found
        name, inner = member(shape, steps[-1].removesuffix("[]"))
        place[name] = converted(inner, value)

    def tag(self, form: str, tags: Mapping[str, str]) -> None:
        if form in ("map", "list", "kms"):
            name, shape = member(self._shape, "tags")
            self.arguments[name] = dict(tags) if form == "map" else tag_list(shape, tags)
            return
        _, shape = member(self._shape, "TagSpecifications")
        kinds = member(shape.member, "ResourceType")[1]
        listed = [{"Key": key, "Value": value} for key, value in tags.items()]
        self.arguments["TagSpecifications"] = [
            {"ResourceType": converted(kinds, form), "Tags": listed}
        ]


def _place(row: Row, key: str) -> str:
    return f"{row['under']}.{key}" if "under" in row else key


@functools.cache
def _input(service: str, operation: str) -> Any:
    shape = botocore.session.get_session().get_service_model(service)
    found = shape.operation_model(operation).input_shape
    if found is None:
        raise NotInModelError(f"{service}.{operation} takes nothing")
    return found
