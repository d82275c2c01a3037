"""`python -m tools.scan.policies`: every IAM policy against AWS's own table of actions.

An action that AWS does not have, a `*` where a resource could be named, a resource that none of
the statement's actions knows, a condition that AWS would not look at: each is a problem.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from components.aws.policies.unscoped import UNSCOPED
from tools.bootstrap.errors import ToolError, run_main
from tools.bootstrap.paths import ROOT
from tools.scan.iam_table import Target, targets

FOLDER = ROOT / "tests" / "golden" / "policies"
_GLOBAL = {"aws:RequestedRegion", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn"}
_TAG = re.compile(r"^(.*Tag)/.*")

Table = Mapping[str, list[Target]]


def problems(folder: Path) -> list[str]:
    """Raises ToolError where there is no policy to read."""
    statements = [
        (f"{file.stem}: {statement['Sid']}", statement)
        for file in sorted(folder.glob("*.json"))
        for statement in json.loads(file.read_text())["Statement"]
    ]
    if not statements:
        raise ToolError(f"{folder} holds no policy")
    table = targets({action for _, each in statements for action in each["Action"]})
    found = [f"{where}: {said}" for where, each in statements for said in _said(each, table)]
    open_to_all = {a for _, each in statements if each["Resource"] == ["*"] for a in each["Action"]}
    return found + [f"{a}: listed in UNSCOPED, unused" for a in UNSCOPED.keys() - open_to_all]


def _said(statement: dict[str, Any], table: Table) -> Iterator[str]:
    keys = {_TAG.sub(r"\1/${TagKey}", key) for each in _conditions(statement) for key in each}
    for action in statement["Action"]:
        known = table[action]
        if not known:
            yield f"{action}: AWS has no such action"
        elif statement["Resource"] == ["*"]:
            yield from _on_everything(action, known)
        else:
            yield from _on_resources(action, known, statement["Resource"], keys)
    every = [target for action in statement["Action"] for target in table[action]]
    for resource in statement["Resource"]:
        if not any(target.is_of(resource) for target in every):
            yield f"{resource}: no action of the statement knows it"


def _on_everything(action: str, known: list[Target]) -> Iterator[str]:
    if any(target.arn != "*" for target in known):
        yield f"{action}: on *, though AWS can restrict it to a resource"
    if action not in UNSCOPED:
        yield f"{action}: on *, without a reason in UNSCOPED"


def _on_resources(
    action: str, known: list[Target], resources: list[str], keys: set[str]
) -> Iterator[str]:
    meant = [target for target in known if any(target.is_of(one) for one in resources)]
    if not meant:
        yield f"{action}: none of the resources is of a kind that it knows"
    wide = [target for target in known if target.arn == "*"]
    unseen = keys - _GLOBAL - {key for target in (*meant, *wide) for key in target.keys}
    yield from (f"{action}: has no condition {key} here" for key in sorted(unseen))


def _conditions(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A key of an `…IfExists` may be absent."""
    for operator, values in statement.get("Condition", {}).items():
        if not operator.endswith("IfExists"):
            yield values


def main() -> int:
    found = problems(FOLDER)
    print("\n".join(found) if found else "every policy names what it needs, and no more")
    return 1 if found else 0


if __name__ == "__main__":
    run_main(main)
