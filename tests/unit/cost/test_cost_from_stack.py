"""`python -m planning cost --from-stack`: no credentials, no engine, the same document."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from planning.cli import main
from planning.commands.cost import OVER_BUDGET
from planning.plan import make_plan
from planning.stackfile import load_stack_file
from tests.support.cost_previews import GROUP, group, preview_text, step

_ROOT = Path(__file__).parents[3]
_PRESET = _ROOT / "stacks/presets/eks-cpu.yaml"


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(_PRESET, tmp_path / "Pulumi.dev.yaml"))


def _json(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    assert main(["cost", *map(str, arguments), "--format", "json"]) == status
    return json.loads(capsys.readouterr().out)


def _changed(stack: Path, name: str, replicas: int, section: str = "") -> Path:
    made = stack.with_name(f"Pulumi.{name}.yaml")
    text = stack.read_text().replace("{replicas: 2}", f"{{replicas: {replicas}}}")
    made.write_text(f"{text}{section}")
    return made


def test_a_stack_file_is_priced_and_against_itself_nothing_changes(
    stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = _json(capsys, "--from-stack", stack, "--base", stack)
    assert made["totals"]["monthlyUsd"] == {"min": 390.17, "expected": 397.18, "max": 397.18}
    assert set(made["totals"]["change"].values()) == {0}
    assert {one["op"] for one in made["resources"]} == {"same"}


def test_from_base_to_head_is_the_opposite_of_back(
    stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = _changed(stack, "more", 12)
    ahead = _json(capsys, "--from-stack", more, "--base", stack)["totals"]["change"]
    back = _json(capsys, "--from-stack", stack, "--base", more)["totals"]["change"]
    assert ahead["max"] > 0
    assert ahead == {bound: -usd for bound, usd in back.items()}


def test_a_revision_of_git_is_a_base_and_a_new_file_has_none(
    stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ("init -q", "add .", "-c user.name=a -c user.email=a@b.c commit -qm one"):
        subprocess.run(["git", *words.split()], check=True)
    new = _changed(stack, "new", 2)
    both = _json(capsys, "--from-stack", stack.name, new.name, "--base", "HEAD:")
    one, other = both["stacks"]
    assert (one["totals"]["change"]["max"], other["totals"]["change"]["max"]) == (0, 397.18)
    assert both["totals"]["monthlyUsd"]["max"] == round(2 * 397.18, 2)


def test_a_stack_of_this_machine_is_told_to_be_billed_by_nobody(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["cost", "--from-stack", str(_ROOT / "Pulumi.dev.yaml")]) == 0
    assert "nothing in it is billed" in capsys.readouterr().out


def test_an_unknown_revision_says_so(stack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cost", "--from-stack", stack.name, "--base", f"nowhere:{stack.name}"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_over_its_budget_a_stack_is_told_what_would_be_within(
    stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dear = _changed(stack, "dear", 12, "  slipway:budget: {monthly: $600}\n")
    (finding,) = _json(capsys, "--from-stack", dear, status=OVER_BUDGET)["findings"]
    assert finding["rule"] == "slipway:budget.monthly"
    assert "over" in finding["got"]
    assert finding["fixes"][0].startswith("write slipway:scaling.replicas: 4: about $534.68")


def test_a_preview_of_any_program_is_held_against_its_budget(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = json.loads(preview_text([step("create", GROUP, new=group(["g6.xlarge"], 1, 2))]))
    made["config"]["slipway:budget"] = json.dumps({"monthly": "$9000", "maxIncrease": "$100"})
    file = tmp_path / "head.json"
    file.write_text(json.dumps(made))
    findings = _json(capsys, "--from-preview", file, status=OVER_BUDGET)["findings"]
    assert [one["rule"] for one in findings] == ["slipway:budget.maxIncrease"]


def test_a_million_tokens_are_told_where_a_load_like_it_was_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "Pulumi.chosen.yaml"
    file.write_text((_ROOT / "tests/golden/good/eks-chosen-by-traffic.yaml").read_text())
    tokens = _json(capsys, "--from-stack", file, status=OVER_BUDGET)["tokens"]
    plan = make_plan(load_stack_file(file), stack="chosen")
    assert plan.placed is not None and plan.placed.chosen is not None
    known = plan.placed.chosen.usd_per_million_output_tokens
    assert known is not None and known.expected > 0
    assert tokens["output"]["expected"] == pytest.approx(known.expected, abs=1e-4)
    assert tokens["output"]["low"] == pytest.approx(known.low, abs=1e-4)
    # 512 tokens in, 256 out: the same dollars over twice as many.
    assert tokens["input"]["high"] == pytest.approx(known.high / 2, abs=1e-4)


def test_without_traffic_no_tokens_are_estimated_and_the_reason_is_told(
    stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tokens = _json(capsys, "--from-stack", stack)["tokens"]
    assert (tokens["output"], tokens["input"]) == (None, None)
    assert "no estimate" in tokens["reason"]


def test_json_of_several_stacks_is_what_their_schema_says(
    stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = _changed(stack, "more", 12)
    made = _json(capsys, "--from-stack", stack, more)
    schema = json.loads((_ROOT / "schema/cost-stacks.schema.json").read_text())
    jsonschema.validate(made, schema)
    assert [one["stack"] for one in made["stacks"]] == ["dev", "more"]
