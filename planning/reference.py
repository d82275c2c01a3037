"""The reference pages in Markdown, from the same descriptions as the messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from msgspec import to_builtins

from planning.catalog import Catalog
from planning.catalog_tables import hardware_and_software
from planning.cost.report.document import CostDocument
from planning.replay.document import ReplayDocument
from planning.report.comparison_document import ComparisonDocument
from planning.report.document import PlanDocument
from planning.report.part import Part
from planning.settings.words import Node, allowed, alternatives, stated_schema

_HEAD = (
    "<!-- Written by `python -m planning reference`; edit the code's descriptions instead. -->\n"
)


def stack_page() -> str:
    parts = [
        _HEAD,
        "# Stack file\n",
        "The keys below `config:` in `Pulumi.<stack>.yaml`. All begin with `slipway:`, whatever "
        "the project is called. Check a file with `python -m planning plan FILE`: exit code "
        "0 is good, 1 means problems, 2 wrong usage.\n",
        *_sections(stated_schema(), "slipway:"),
    ]
    return "\n".join(parts).rstrip() + "\n"


def plan_page() -> str:
    return _document_page(
        PlanDocument,
        "# Plan as JSON\n",
        "Output of `python -m planning plan FILE --json`. Keys are only added; a change of meaning "
        "raises `formatVersion`. Sizes are bytes, times seconds, contexts tokens. `--explain KEY` "
        "prints how a figure comes about.\n",
    )


def comparison_page() -> str:
    return _document_page(
        ComparisonDocument,
        "# Comparison as JSON\n",
        "Output of `python -m planning compare FILE --json`: the same stack file on every target. "
        "Keys are only added; a change of meaning raises `formatVersion`.\n",
    )


def cost_page() -> str:
    return _document_page(
        CostDocument,
        "# Cost as JSON\n",
        "Output of `python -m planning cost --from-preview FILE --format json`; "
        "schema/cost.schema.json is its schema. Keys are only added; a change of meaning raises "
        "`formatVersion`. Of several stack files it is `totals` of all of them and `stacks`, a "
        "list of such documents: schema/cost-stacks.schema.json.\n",
    )


def replay_page() -> str:
    return _document_page(
        ReplayDocument,
        "# Replay as JSON\n",
        "Output of `python -m planning replay FILE TRACE --json` ([docs/replay.md](../replay.md)). "
        "Keys are only added; a change of meaning raises `formatVersion`.\n",
    )


def cost_schema_text(kind: type[Part] = CostDocument) -> str:
    schema = kind.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _document_page(kind: type[Part], *head: str) -> str:
    schema = kind.model_json_schema(by_alias=True, mode="serialization")
    parts = [
        _HEAD,
        *head,
        "| key | type | meaning |",
        "|---|---|---|",
        *_keys(schema, schema, ""),
    ]
    return "\n".join(parts) + "\n"


def catalog_page(catalog: Catalog) -> str:
    parts = [
        _HEAD,
        "# Catalog\n",
        "Facts that plans are made from, with source and date.\n",
    ]
    tables: dict[str, Iterable[Any]] = {
        "Models": catalog.models.values(),
        "Engines": catalog.engines.values(),
        "Devices": catalog.devices.values(),
        "Quantizations": catalog.quantizations.values(),
    }
    for title, rows in tables.items():
        parts += [f"## {title}\n", "| id | facts | source | date |", "|---|---|---|---|"]
        for row in rows:
            facts = "<br>".join(_facts(to_builtins(row.value), ""))
            parts.append(f"| {row.id} | {facts} | {row.source} | {row.date} |")
        parts.append("")
    parts += hardware_and_software(catalog)
    return "\n".join(parts).rstrip() + "\n"


def _sections(node: Node, path: str) -> Iterator[str]:
    """One table for the keys of `node`, then one part for each section below it."""
    yield "| key | may be | default | meaning |"
    yield "|---|---|---|---|"
    inner: list[tuple[str, Node]] = []
    for key, value in node["properties"].items():
        below, many = _below(value)
        meaning = value.get("description") or (below or {}).get("description", "")
        name = f"{path}{key}"
        may = f"a {'list of sections' if many else 'section'}, below" if below else allowed(value)
        needed = key in node.get("required", ()) or name == "slipway:target"
        default = "needed" if needed else _default(value)
        yield f"| `{name}` | {_cell(may)} | {default} | {_cell(meaning)} |"
        if below:
            inner.append((f"{name}[]" if many else name, below))
    yield ""
    for name, below in inner:
        yield f"## {name}\n"
        yield f"{below.get('description', '')}\n"
        yield from _sections(below, f"{name}.")


def _below(node: Node) -> tuple[Node | None, bool]:
    for shape in alternatives(node):
        if "properties" in shape:
            return shape, False
        for item in alternatives(shape.get("items", {"type": "null"})):
            if "properties" in item:
                return item, True
    return None, False


def _default(node: Node) -> str:
    default = node.get("default")
    return "" if default is None or isinstance(default, dict) else f"`{default}`"


def _keys(node: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    for key, value in node["properties"].items():
        yield f"| `{path}{key}` | {_type(value)} | {_cell(value.get('description', ''))} |"
        for shape in value.get("anyOf", [value]):
            inner, suffix = (shape["items"], "[]") if "items" in shape else (shape, "")
            if "$ref" in inner:
                part = root["$defs"][inner["$ref"].rpartition("/")[2]]
                yield from _keys(part, root, f"{path}{key}{suffix}.")


def _type(node: dict[str, Any]) -> str:
    if "anyOf" in node:
        return " or ".join(_type(choice) for choice in node["anyOf"])
    if "enum" in node or "const" in node:
        return ", ".join(
            f"`{json.dumps(value)}`" for value in node.get("enum", [node.get("const")])
        )
    return "object" if "$ref" in node else str(node["type"])


def _facts(value: dict[str, Any], path: str) -> Iterator[str]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _facts(cast("dict[str, Any]", inner), f"{path}{key}.")
        else:
            shown = (
                ", ".join(map(str, cast("list[Any]", inner)))
                if isinstance(inner, list | tuple)
                else inner
            )
            yield f"{path}{key}: {shown}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
