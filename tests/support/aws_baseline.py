"""What of a stack decides on replacement, as a release has it, and what a change of it replaces."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.aws_provider.changes import changes
from tests.support.aws_provider.conditions import CONDITIONS
from tests.support.aws_provider.differences import difference
from tests.support.resource_graph import Graph

Baseline = Mapping[str, Mapping[str, Any]]
"""By logical name: type and, of AWS's own, those inputs whose change can make another object."""


def baseline(made: Graph) -> Baseline:
    return {
        one.name: {"type": one.type, "inputs": _deciding(one.type, one.inputs)}
        for one in sorted(made.resources, key=lambda one: one.name)
        if one.custom
    }


def as_text(recorded: Baseline) -> str:
    return json.dumps(recorded, indent=1, sort_keys=True) + "\n"


def replaced(old: Baseline, new: Baseline) -> Iterator[str]:
    """Names of objects of AWS that are another one, or gone, with the cause."""
    for name, was in old.items():
        if not was["type"].startswith("aws:"):
            continue
        now = new.get(name)
        if now is None or now["type"] != was["type"]:
            yield f"{name}: gone"
            continue
        found = difference(was["type"], was["inputs"], now["inputs"])
        if found.replacing:
            yield f"{name}: {', '.join(sorted(found.replacing))}"


def _deciding(token: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    if not token.startswith("aws:"):
        return {}
    heads = {path.partition(".")[0] for path in changes()[token].replace}
    heads |= {name for kind, name in CONDITIONS if kind == token}
    return {name: value for name, value in inputs.items() if name in heads}
