"""The suite's verdict: exit code, closing line, and no failure that looks like success."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.bootstrap.paths import ROOT
from tools.suite import needs, outcome, run_part
from tools.suite.outcome import Outcome
from tools.suite.parts import PARTS, Part, arguments


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs pytest on one test file with the given text."""
    monkeypatch.setattr(run_part, "BUILD", tmp_path)
    monkeypatch.setattr(run_part, "ROOT", tmp_path)
    monkeypatch.setattr(run_part, "venv_python", lambda: sys.executable)

    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def go(text: str, limit_seconds: int = 60) -> Outcome:
        (tmp_path / "test_it.py").write_text(text)
        return run_part.run_pytest("x", ["-q"], limit_seconds=limit_seconds, env=env)

    return go


def test_counts_come_from_pytest(run) -> None:
    text = "import pytest\ndef test_a(): pass\ndef test_b(): assert 0\ndef test_c(): pytest.skip()"
    result = run(text)
    assert (result.passed, result.failed, result.skipped) == (1, 1, 1)
    assert not result.good


def test_the_note_of_a_part_names_what_failed(run) -> None:
    text = "".join(f"def test_{name}(): assert {name == 'e'}\n" for name in "abcde")
    assert run(text).note == "test_a, test_b, test_c and 1 more"


def test_a_part_without_tests_is_a_failure(run) -> None:
    result = run("")
    assert (result.good, result.note) == (False, "no test found")


def test_a_file_that_cannot_be_read_is_a_failure(run) -> None:
    assert not run("import nothing_like_this").good


def test_a_hanging_part_is_ended_and_named(run) -> None:
    result = run("import time\ndef test_a(): time.sleep(600)", limit_seconds=2)
    assert (result.good, result.note) == (False, "ended after its limit of 2 s")


def test_the_table_ends_with_a_line_that_counts_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(outcome, "BUILD", tmp_path / "build")
    code = outcome.finish([Outcome("a", 3, 0, 1, 1.0), Outcome("b", 2, 1, 0, 2.0)])
    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed, 1 skipped"
    assert outcome.finish([Outcome("a", 3, 0, 1, 1.0)]) == 0
    assert (tmp_path / "build" / "test-times.json").exists()


def test_every_folder_of_tests_is_a_part() -> None:
    tests = ROOT / "tests"
    folders = {path.relative_to(tests).parts[0] for path in tests.rglob("test_*.py")}
    assert folders <= {part.name for part in PARTS}


def test_a_machine_without_a_browser_gets_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    part = next(part for part in PARTS if part.name == "browser")
    assert isinstance(part, Part)
    assert part.needs
    assert "chromium" in (part.needs() or "")


def test_a_persons_machine_is_never_given_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    needs.install_in_ci()


def test_a_cluster_is_started_only_where_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "KUBECONFIG", "SLIPWAY_TEST_CLUSTER"):
        monkeypatch.delenv(name, raising=False)
    assert "asked for by SLIPWAY_TEST_CLUSTER=1" in (needs.cluster() or "")


def test_a_cluster_of_ones_own_is_used_with_ones_own_kubectl(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KUBECONFIG", "some/file")
    monkeypatch.setenv("PATH", "")
    assert "kubectl" in (needs.cluster() or "")


def test_a_cluster_that_others_use_is_neither_started_nor_stopped_by_tests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KUBECONFIG", "some/file")
    assert needs.own_cluster() == "of our own cluster, not of KUBECONFIG's"


def test_tests_of_a_file_are_one_workers_where_they_share_what_they_made() -> None:
    part = Part("x", workers=3, limit_seconds=1, by_file=True)
    assert arguments(part)[:5] == ["tests/x", "-n", "3", "--dist", "loadfile"]
    assert arguments(Part("x", workers=2, limit_seconds=1)) == ["tests/x", "-n", "2"]
    assert arguments(Part("x", workers=1, limit_seconds=1)) == ["tests/x"]
