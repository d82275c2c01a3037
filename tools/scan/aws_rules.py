"""Named rules for what is made on AWS: rows that say what each resource of a type must hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from tools.scan.exceptions import Finding

FILE = Path(__file__).with_name("aws_rules.yaml")


def findings(plan: Mapping[str, Any], where: str) -> Iterator[Finding]:
    """What resources of a plan-shaped document lack, by the rule's name."""
    resources = plan["planned_values"]["root_module"]["resources"]
    for row in yaml.safe_load(FILE.read_text()):
        for resource in resources:
            if resource["type"] == row["type"]:
                found = list(_at(resource["values"], row["path"].split(".")))
                if not _holds(row, found):
                    yield Finding(
                        check=row["rule"],
                        where=f"{where}: {resource['address']}",
                        what=f"{row['path']}: {row['reason']}",
                    )


def _at(value: object, steps: list[str]) -> Iterator[Any]:
    """Every value at the path; None where a block lacks it."""
    if not steps:
        yield value
    elif isinstance(value, list):
        for one in cast(list[object], value):
            yield from _at(one, steps)
    else:
        first, *rest = steps
        block = cast(dict[str, object], value) if isinstance(value, dict) else {}
        inner = block.get(first)
        yield from ([None] if inner is None else _at(inner, rest))


def _holds(row: Mapping[str, Any], found: list[Any]) -> bool:
    """One block that is wrong is wrong enough, and so is none where one is meant."""
    if row.get("lacks_all"):
        return all(not value for value in found)
    if row.get("absent"):
        return all(value is None for value in found)
    if "lacks" in row:
        return not any(one in _listed(found) for one in row["lacks"])
    if "holds" in row:
        return all(one in _listed(found) for one in row["holds"])
    return bool(found) and all(_is_right(row, value) for value in found)


def _is_right(row: Mapping[str, Any], value: Any) -> bool:
    if "one_of" in row:
        return value in row["one_of"]
    if value is None:
        return False
    if "equals" in row:
        return value == row["equals"]
    if "at_most" in row:
        return value <= row["at_most"]
    if "at_least" in row:
        return value >= row["at_least"]
    return True


def _listed(found: list[Any]) -> list[Any]:
    listed = (cast(list[Any], one) if isinstance(one, list) else [one] for one in found)
    return [value for values in listed for value in values]
