"""The JSON schema of a whole stack file, for editors."""

from __future__ import annotations

import json
from typing import Any, cast

from planning.settings.words import stated_schema
from planning.stackfile.file import PULUMI_KEYS

_SECRET = {
    "type": "object",
    "properties": {"secure": {"type": "string"}},
    "required": ["secure"],
    "additionalProperties": False,
    "description": "An encrypted value; an access key refers to it by `from: config:<name>`.",
}


def schema_text() -> str:
    return json.dumps(stack_schema(), indent=2, ensure_ascii=False) + "\n"


def stack_schema() -> dict[str, Any]:
    stated = stated_schema()
    sections: dict[str, Any] = {
        f"slipway:{name}": _plain(node) for name, node in stated["properties"].items()
    }
    names = "|".join(stated["properties"])
    config: dict[str, Any] = {
        "type": "object",
        "properties": sections,
        "patternProperties": {
            f"^slipway:(?!({names})$)": _SECRET,
            "^(?!slipway:)[^:]+:.": {},
        },
        "additionalProperties": False,
        "required": ["slipway:target"],
        "oneOf": [{"required": ["slipway:model"]}, {"required": ["slipway:models"]}],
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Slipway stack file",
        "type": "object",
        "properties": {
            **{key: {} for key in PULUMI_KEYS if key != "config"},
            "config": config,
        },
        "required": ["config"],
        "additionalProperties": False,
        "$defs": _plain(stated["$defs"]),
    }


def _plain(node: Any) -> Any:
    """Without our own keywords, which editors do not know."""
    if isinstance(node, dict):
        entries = cast("dict[str, Any]", node).items()
        return {key: _plain(value) for key, value in entries if not key.startswith("x-")}
    if isinstance(node, list):
        return [_plain(value) for value in cast("list[Any]", node)]
    return node
