"""One preview with everything that rules refuse, one with what they let pass."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.aws_provider.cloud import cloud
from tests.support.aws_stack import aws_stack
from tests.support.cost_previews import preview_text
from tests.support.pulumi_stack import ROOT, Outcome, PulumiStack

_PROGRAM = ROOT / "tests" / "policies" / "program"


@dataclass(frozen=True, kw_only=True)
class Violation:
    rule: str
    level: str
    name: str
    """Logical name of the resource; of the stack where it is about all of it."""
    message: str


@dataclass(frozen=True, kw_only=True)
class Judged:
    outcome: Outcome
    violations: tuple[Violation, ...]

    def by(self, rule: str) -> dict[str, list[str]]:
        """Messages by the resource's name."""
        found: dict[str, list[str]] = {}
        for one in self.violations:
            if one.rule == rule:
                found.setdefault(one.name, []).append(one.message)
        return found


def judged(stack: PulumiStack, **rules: Any) -> Judged:
    """A preview of it under the pack; `rules`: their configuration, with `_` for `-`."""
    file = stack.folder / "rules.json"
    file.write_text(json.dumps({key.replace("_", "-"): value for key, value in rules.items()}))
    pack = ("--policy-pack", str(ROOT / "policies"), "--policy-pack-config", str(file))
    outcome = stack.preview(*pack, check=False)
    lines = (stack.folder / "events.json").read_text().splitlines()
    events = [json.loads(line).get("policyEvent") for line in lines]
    return Judged(outcome=outcome, violations=tuple(_violation(one) for one in events if one))


@contextmanager
def program(folder: Path, *kinds: str) -> Generator[PulumiStack]:
    with cloud(folder) as account, aws_stack(account, _PROGRAM, kinds=list(kinds)) as stack:
        stack.variables["HF_TOKEN"] = "hf_" + "t" * 34
        yield stack


@pytest.fixture(scope="session")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder = tmp_path_factory.mktemp("refused")
    base = folder / "base.json"
    base.write_text(preview_text([]))
    budget = {"monthly": "$10", "maxIncrease": "$100", "base": str(base)}
    with program(folder, "bad", "good") as stack:
        return judged(
            stack,
            budget=budget,
            budget_unchecked={"monthly": "$100000"},
            production_data_protected={"production": ["d*"]},
        )


def _violation(event: dict[str, Any]) -> Violation:
    return Violation(
        rule=event["policyName"],
        level=event["enforcementLevel"],
        name=event.get("resourceUrn", "").rpartition("::")[2],
        message=event["message"],
    )
