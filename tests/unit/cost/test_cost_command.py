"""`python -m planning cost` and the schema of its JSON."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from planning.cli import main
from tests.support.cost_previews import RECORDED

_ROOT = Path(__file__).parents[3]
_SMALL = str(RECORDED / "small-replace.json")
_DAY = ["--today", "2026-12-01"]


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["cost", "--from-preview", *arguments, *_DAY]) == 0
    return capsys.readouterr().out


def test_json_is_what_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    made = json.loads(_printed(capsys, _SMALL, "--format", "json"))
    schema = json.loads((_ROOT / "schema/cost.schema.json").read_text())
    jsonschema.validate(made, schema)
    assert made["totals"]["change"]["max"] == 2020.93


def test_two_previews_compare_what_both_would_make(capsys: pytest.CaptureFixture[str]) -> None:
    base = str(RECORDED / "small-up.json")
    ahead = json.loads(_printed(capsys, _SMALL, "--base", base, "--format", "json"))
    back = json.loads(_printed(capsys, base, "--base", _SMALL, "--format", "json"))
    assert ahead["totals"]["change"]["max"] == -back["totals"]["change"]["max"] == 2020.93


def test_an_explanation_names_the_row_and_source_of_a_figure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = _printed(capsys, _SMALL, "--explain")
    assert "prices/us-east-1/g5.xlarge: $1.006 a hour, https://github.com/aws/karpenter" in text


def test_half_a_preview_is_refused_with_the_command_to_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hidden = str(RECORDED / "small-hidden.json")
    assert main(["cost", "--from-preview", hidden]) == 1
    assert "--show-sames" in capsys.readouterr().err


def test_a_secret_of_a_program_is_in_no_output(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = Path(_SMALL).read_text().replace('"10.0.0.0/16"', '"canary-b41d"')
    assert "canary-b41d" in text
    (tmp_path / "preview.json").write_text(text)
    for form in ("markdown", "json", "html", "terminal"):
        out = _printed(capsys, str(tmp_path / "preview.json"), "--format", form)
        assert "canary-b41d" not in out
