"""A model outside the catalog is planned by its own config.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planning.cli import main
from tests.unit.test_architecture_shapes import LLAMA

STACK = """config:
  slipway:target: local
  slipway:model: {{source: "hf:example-org/tuned@{revision}", maxContext: {context}{config}}}
"""


def test_the_command_line_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(LLAMA))
    stack = _stack(tmp_path)
    assert main(["plan", str(stack), "--no-machine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"]["parameters"] is None
    config = str(tmp_path / "config.json")
    assert main(["plan", str(stack), "--no-machine", "--json", "--model-config", config]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["model"]["architecture"] == "llama"
    assert plan["model"]["parameters"] == 8_030_261_248
    assert plan["memory"]["kvCacheBytes"] == 8 * 4096 * 262_144


def test_the_stack_file_names_it_beside_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my-config.json").write_text(json.dumps(LLAMA))
    stack = _stack(tmp_path, config=", config: my-config.json")
    assert main(["plan", str(stack), "--no-machine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["memory"] is not None


def test_a_context_beyond_the_model_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(LLAMA))
    stack = _stack(tmp_path, context=131_073, config=", config: config.json")
    assert main(["plan", str(stack), "--no-machine"]) == 1
    assert "from 1 to 131072 (this llama model was trained for that)" in _one_line(capsys)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (json.dumps({**LLAMA, "model_type": "novel"}), 'model_type: "novel"'),
        (json.dumps({"model_type": "llama"}), "hidden_size: nothing"),
        ("{", "config.json: something else"),
        (None, "No such file or directory"),
    ],
)
def test_a_config_that_cannot_be_used_is_an_error_with_its_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / "config.json").write_text(text)
    stack = _stack(tmp_path, config=", config: config.json")
    assert main(["plan", str(stack), "--no-machine"]) == 1
    shown = _one_line(capsys)
    assert "error: slipway:model.config" in shown
    assert message in shown


def _stack(folder: Path, *, context: int = 4096, config: str = "") -> Path:
    file = folder / "Pulumi.x.yaml"
    file.write_text(STACK.format(revision="a" * 40, context=context, config=config))
    return file


def _one_line(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())
