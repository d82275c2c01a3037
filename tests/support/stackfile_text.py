"""Generated stack files as text, and which fields of the stack file they touch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from planning.settings.words import alternatives, stated_schema
from planning.stackfile.yamltext import CoreLoader

# Sections whose keys are the user's own names.
_NAMED_FREELY = (
    "aws.cluster.addons",
    "aws.cluster.admins",
    "aws.network.vpc.privateSubnets",
    "aws.network.vpc.publicSubnets",
    "aws.tags",
    "engine.repository[].parameters",
    "engine.repository[].steps[].inputs",
    "engine.repository[].steps[].outputs",
    "huggingFace.env",
    "huggingFace.secrets",
    "kubernetes.operators[].values",
    "observability.labels",
    "pools[].nodeLabels",
)


class _CoreDumper(yaml.SafeDumper):
    """Quotes what Pulumi's YAML would not read as text: `0e0` is a number there."""

    yaml_implicit_resolvers = CoreLoader.yaml_implicit_resolvers


def write_stack_file(file: Path, sections: dict[str, Any], *, as_json: bool) -> None:
    """In block style, or in JSON (which is YAML too)."""
    document = {"config": {f"slipway:{key}": value for key, value in sections.items()}}
    if as_json:
        text = json.dumps(document).replace("Infinity", ".inf").replace("NaN", ".nan")
    else:
        text = yaml.dump(document, Dumper=_CoreDumper, allow_unicode=True)
    file.write_text(text, encoding="utf-8")


def fields_of(value: Any, path: str = "") -> set[str]:
    """`access.keys[].name` and so on, for every scalar in `value`."""
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return set().union(*(fields_of(entry, f"{path}[]") for entry in value))
    if not isinstance(value, dict) or "secure" in value or path in _NAMED_FREELY:
        return {path.replace("models[]", "model")}
    inner = [fields_of(entry, f"{path}.{key}".removeprefix(".")) for key, entry in value.items()]
    return set().union(*inner)


def all_fields() -> set[str]:
    """Every scalar field that the stack file knows."""
    return set(_schema_fields(stated_schema(), ""))


def _schema_fields(node: dict[str, Any], path: str) -> list[str]:
    fields: list[str] = []
    for key, value in node["properties"].items():
        name = f"{path}{key}"
        for shape in alternatives(value):
            entries = list(alternatives(shape["items"])) if "items" in shape else []
            inner = next((one for one in [shape, *entries] if "properties" in one), None)
            if inner is None:
                fields.append(name)
            elif key != "models":  # the same fields as `model`
                fields += _schema_fields(inner, f"{name}{'[]' if entries else ''}.")
    return fields
