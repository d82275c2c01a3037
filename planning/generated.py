"""Files that are written from the code: the JSON schema and the reference pages."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from planning.catalog import load_catalog
from planning.catalog.references import check_references
from planning.cost.report.several import SeveralStacks
from planning.reference import (
    catalog_page,
    comparison_page,
    cost_page,
    cost_schema_text,
    plan_page,
    replay_page,
    stack_page,
)
from planning.schema import schema_text


def pages(what: str) -> dict[str, str]:
    """Relative path to content, of `schema` or of `reference`, whose rows must fit together."""
    if what == "schema":
        return {
            "schema/stack.schema.json": schema_text(),
            "schema/cost.schema.json": cost_schema_text(),
            "schema/cost-stacks.schema.json": cost_schema_text(SeveralStacks),
        }
    catalog = load_catalog()
    check_references(catalog)
    return {
        "docs/reference/stack-file.md": stack_page(),
        "docs/reference/plan-json.md": plan_page(),
        "docs/reference/compare-json.md": comparison_page(),
        "docs/reference/cost-json.md": cost_page(),
        "docs/reference/replay-json.md": replay_page(),
        "docs/reference/catalog.md": catalog_page(catalog),
    }


def write_or_compare(files: Mapping[str, str], root: Path, *, check: bool, command: str) -> int:
    """Write the files, or say which are stale; 1 if one is."""
    stale = [name for name, text in files.items() if _old(root / name) != text]
    if check:
        for name in stale:
            print(f"{name} is stale: run {command}", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(files[name], encoding="utf-8")
        print(f"wrote {name}")
    return 0


def _old(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
