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


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command = f"{sys.executable} -m planning plan Pulumi.dev.yaml --json | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    # A pipe holds more than this plan, so the writer may also have ended first.
    assert done.stdout.splitlines()[1] in ("0", "141")
    assert done.stderr == ""


def test_writing_to_a_closed_pipe_is_no_traceback() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "planning", "plan", "Pulumi.dev.yaml", "--json"],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, "")


def test_a_figure_is_explained_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(ROOT / "Pulumi.dev.yaml"), "--explain", "fit.kvBytesPerToken"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("fit.kvBytesPerToken = 46,080\n")
    assert "30 layers x 3 heads x 128 numbers x 32 bits / 8 = 46,080 bytes" in said
    assert "source: model SmolLM2-135M-Instruct" in said


def test_a_figure_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(ROOT / "Pulumi.dev.yaml"), "--explain", "kvBytesPerTokn"]) == 2
    assert "did you mean kvBytesPerToken?" in capsys.readouterr().err


def test_a_report_is_written_as_page_and_markdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, text = tmp_path / "plan.html", tmp_path / "plan.md"
    stack = str(ROOT / "Pulumi.dev.yaml")
    assert main(["report", stack, "--html", str(page), "--markdown", str(text)]) == 0
    assert page.read_text().startswith("<!doctype html>")
    assert capsys.readouterr().out == ""
    assert main(["report", stack]) == 0
    assert capsys.readouterr().out == text.read_text()


def test_a_refused_file_is_reported_and_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(BAD / "everything-at-once.yaml")]) == 1
    assert capsys.readouterr().out.count("| error |") == 14


def test_a_comparison_is_printed_for_people_and_machines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stack = str(ROOT / "Pulumi.dev.yaml")
    assert main(["compare", stack]) == 0
    printed = capsys.readouterr().out
    assert "local (as" in printed and "hf-endpoint" in printed
    assert main(["compare", stack, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["writtenFor"], len(document["targets"])) == ("local", 4)
    assert main(["compare", str(BAD / "port-zero.yaml")]) == 1
    assert "slipway:access.port" in capsys.readouterr().err


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
