"""What is billed by use, at amounts of a file: beside the totals, with what changed in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from planning.catalog import load_catalog
from planning.cli import main
from planning.cost.assumed import items_of, read_assumptions
from planning.problems import SettingsError
from tests.support.cost_previews import RECORDED

PREVIEW = RECORDED / "eks-prod.json"
ASSUMED = """usage:
  nat-gateway-data: {low: 10, typical: 200, high: 2000}
  logs-ingested: {low: 1, typical: 5, high: 50}
"""


Cost = Callable[..., str]


@pytest.fixture
def cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cost:
    def run(text: str | None, form: str, *more: str) -> str:
        command = ["cost", "--from-preview", str(PREVIEW), "--format", form, *more]
        if text is not None:
            file = tmp_path / "assumed.yaml"
            file.write_text(text)
            command += ["--assumptions", str(file)]
        assert main([*command, "--today", "2026-12-01"]) == 0
        return capsys.readouterr().out

    return run


def test_amounts_are_multiplied_by_prices_beside_totals_that_stay(cost: Cost) -> None:
    bare, document = (json.loads(cost(text, "json")) for text in (None, ASSUMED))
    assert bare["use"] is None
    use = document["use"]
    assert document["totals"] == bare["totals"]
    # Three gateways at $0.045 a GB and two groups of logs at $0.50 a GB.
    assert use["monthlyUsd"] == {"low": 2.35, "typical": 32.0, "high": 320.0}
    assert use["before"] == {"low": 0.0, "typical": 0.0, "high": 0.0}
    assert use["notAssumed"] == ["dns-queries", "sqs-requests"]
    for key in ("low", "typical", "high"):
        lines = sum(round(100 * one["monthlyUsd"][key]) for one in use["resources"])
        assert lines == round(100 * use["monthlyUsd"][key])


def test_the_comment_tells_amounts_and_those_that_changed(tmp_path: Path, cost: Cost) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("usage: {nat-gateway-data: {low: 10, typical: 100, high: 2000}}\n")
    text = cost(ASSUMED, "markdown", "--base-assumptions", str(old))
    assert "| **with this change** | | 2.35 | 32.00 | 320.00 |" in text
    assert "- `nat-gateway-data`: 10 / 100 / 2,000 to 10 / 200 / 2,000" in text
    assert "- `logs-ingested`: nothing to 1 / 5 / 50" in text
    page = cost(ASSUMED, "html", "--base-assumptions", str(old))
    assert "Billed by use, at assumed amounts" in page


def test_without_another_base_no_assumption_has_changed(cost: Cost) -> None:
    assert "Assumptions that changed" not in cost(ASSUMED, "markdown")


def test_every_item_that_can_be_assumed_has_a_unit() -> None:
    assert all(items_of(load_catalog()).values())


@pytest.mark.parametrize(
    ("text", "path", "got", "fix"),
    [
        (
            "usage: {nat-gatway-data: {low: 1, typical: 2, high: 3}}",
            "usage.nat-gatway-data",
            "nothing that is billed by use",
            "write nat-gateway-data",
        ),
        (
            "usage: {logs-ingested: {low: -1, typical: 2, high: 3}}",
            "usage.logs-ingested.low",
            "-1",
            "write low: 100",
        ),
        (
            "usage: {logs-ingested: {low: 1, typical: yes, high: 3}}",
            "usage.logs-ingested.typical",
            "True",
            "write typical: 100",
        ),
        (
            "usage: {logs-ingested: {low: 3, typical: 2, high: 1}}",
            "usage.logs-ingested",
            "[3, 2, 1]",
            "write them in that order",
        ),
        ("usage: {logs-ingested: 5}", "usage.logs-ingested", "5", "write usage: "),
        ("[1]", "usage", "None", "write usage: "),
        ("usage: [", "usage", "no YAML", "write usage: "),
        ("usage: {}\nother: 1", "other", "a key that nothing reads", "remove it"),
    ],
)
def test_a_wrong_amount_is_told_with_its_key(text: str, path: str, got: str, fix: str) -> None:
    with pytest.raises(SettingsError) as told:
        read_assumptions(text, "assumed.yaml", load_catalog())
    (problem,) = told.value.problems
    assert (problem.path, problem.got) == (path, got)
    assert problem.fixes[0].startswith(fix)
