"""`python -m planning …` as a stranger runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planning.cli import main

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests/golden/bad"


def test_the_dev_stack_is_planned_without_pulumi() -> None:
    done = _run("plan", "Pulumi.dev.yaml")
    assert done.returncode == 0, done.stderr
    assert "SmolLM2-135M-Instruct" in done.stdout
    assert "http://127.0.0.1:8080/v1" in done.stdout


def test_problems_exit_with_1_and_are_on_standard_error() -> None:
    done = _run("plan", str(BAD / "everything-at-once.yaml"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "14 problems" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_has_the_problems_too() -> None:
    done = _run("plan", str(BAD / "port-zero.yaml"), "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["ok"], document["model"]) == (1, False, None)
    assert set(document["problems"][0]) == {"path", "code", "got", "allowed", "fixes", "severity"}
    assert document["problems"][0]["path"] == "slipway:access.port"


@pytest.mark.parametrize("file", ["absent.yaml", ".", "/dev/null", "a\udcffb.yaml"])
def test_a_file_that_cannot_be_read_is_a_problem_not_a_crash(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", file]) == 1
    assert "[unreadable]" in (shown := capsys.readouterr().err) or "[missing-key]" in shown


def test_a_terminal_without_our_letters_gets_a_message_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.x.yaml"
    file.write_text("config:\n  slipway:target: löcal\n", encoding="utf-8")
    done = _run("plan", str(file), PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "slipway:target" in done.stderr


def test_wrong_usage_exits_with_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["plot"])
    assert ended.value.code == 2


@pytest.mark.parametrize("what", ["schema", "reference"])
def test_the_generated_files_are_not_stale(what: str) -> None:
    assert main([what, "--check"]) == 0


def test_a_stale_file_is_named_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("planning.commands.generate.ROOT", tmp_path)
    assert main(["schema", "--check"]) == 1
    assert "stack.schema.json is stale: run python -m planning schema" in capsys.readouterr().err
    assert main(["schema"]) == 0
    assert main(["schema", "--check"]) == 0


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "planning", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
