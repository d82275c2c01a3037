"""The JSON schema of the stack file in words, for messages and for the reference page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from planning.meanings import meanings
from planning.settings.base import Section
from planning.settings.settings import Stated
from planning.settings.units import Unit

Node = dict[str, Any]


class _Described(GenerateJsonSchema):
    """Fields described by their docstrings, defaults with units as people write them."""

    def model_schema(self, schema: core_schema.ModelSchema) -> Node:
        node = super().model_schema(schema)
        kind = schema["cls"]
        assert issubclass(kind, Section)
        for name, text in meanings(kind).items():
            node["properties"][kind.model_fields[name].alias]["description"] = text
        return node

    def encode_default(self, dft: Any) -> Any:
        return dft.plain() if isinstance(dft, Unit) else super().encode_default(dft)


@cache
def stated_schema() -> Node:
    """JSON schema of everything below `slipway:`."""
    return Stated.model_json_schema(by_alias=True, schema_generator=_Described)


def node_at(location: Sequence[str | int]) -> Node:
    """The schema of one key; an empty node where the location leaves the schema."""
    node = stated_schema()
    for step in location:
        choices = [choice for choice in alternatives(node) if _inner(choice, step)]
        node = _inner(choices[0], step) if choices else {}
    return node


def alternatives(node: Node) -> Iterator[Node]:
    """The non-null shapes that a key may have, references followed."""
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        yield from alternatives(stated_schema()["$defs"][name])
    elif "anyOf" in node and "x-allowed" not in node:
        for choice in node["anyOf"]:
            yield from alternatives(choice)
    elif node.get("type") != "null":
        yield node


def allowed(node: Node) -> str:
    """What may be written, in words."""
    if "x-allowed" in node:
        return str(node["x-allowed"])
    return " or ".join(dict.fromkeys(_words(choice) for choice in alternatives(node)))


def _inner(node: Node, step: str | int) -> Node:
    if isinstance(step, int):
        return node.get("items", {})
    return node.get("properties", {}).get(step) or node.get("additionalProperties") or {}


def _words(node: Node) -> str:
    if "x-allowed" in node:
        return str(node["x-allowed"])
    if "enum" in node or "const" in node:
        return ", ".join(map(str, node.get("enum", [node.get("const")])))
    match node.get("type"):
        case "integer":
            return "a whole number" + _limits(node)
        case "number":
            return "a number" + _limits(node)
        case "boolean":
            return "true or false"
        case "array":
            least, most = node.get("minItems", 0), node.get("maxItems")
            count = f"{least} to {most} entries" if least != most else f"{most} entry"
            return f"a list of {count}"
        case "object" if "properties" not in node:
            return "a section with names of your own"
        case "object":
            names = list(node["properties"])
            return f"a section with the key{'s' * (len(names) > 1)} {', '.join(names)}"
        case _:
            return "text"


def _limits(node: Node) -> str:
    high = node.get("maximum")
    if "exclusiveMinimum" in node:
        return f" above {node['exclusiveMinimum']:.0f} and at most {high:.0f}"
    low = node.get("minimum")
    return f" from {low} to {high}" if high is not None else f" of {low} or more"
