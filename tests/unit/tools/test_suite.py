"""The suite's verdict: exit code, closing line, and no failure that looks like success."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.bootstrap.paths import ROOT
from tools.suite import needs, outcome, run_part, unsteady
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


@pytest.fixture
def run_unsteady(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the part `x` of one test file with the given text."""
    for module in (run_part, unsteady):
        monkeypatch.setattr(module, "BUILD", tmp_path / "build")
    monkeypatch.setattr(run_part, "ROOT", tmp_path)
    monkeypatch.setattr(run_part, "venv_python", lambda: sys.executable)
    monkeypatch.setattr(unsteady, "arguments", lambda part: [f"tests/{part.name}"])
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p xdist"}

    def go(text: str, *, of_processes: bool = True) -> Outcome:
        folder = tmp_path / "tests" / "x"
        folder.mkdir(parents=True)
        (folder / "test_it.py").write_text(text)
        part = Part("x", workers=1, limit_seconds=60, of_processes=of_processes)
        return unsteady.run_part(part, env)

    return go


ONCE = """
import pathlib
SEEN = pathlib.Path(__file__).with_name("seen")
def test_steady(): pass
def test_at_times():
    first = not SEEN.exists()
    SEEN.touch()
    assert not first
"""


def test_what_passes_alone_is_counted_as_unsteady_and_named(run_unsteady) -> None:
    result = run_unsteady(ONCE)
    assert (result.passed, result.failed, result.unsteady) == (2, 0, 1)
    assert result.note == "failed, then passed alone: test_at_times"
    assert outcome.closing_line([result]).endswith("1 of the passed unsteady: see the table")


def test_what_fails_twice_has_failed(run_unsteady) -> None:
    result = run_unsteady(ONCE + "def test_never(): assert 0\n")
    assert (result.passed, result.failed, result.unsteady) == (1, 2, 0)
    assert not result.good


def test_a_part_without_processes_has_no_second_run(run_unsteady) -> None:
    assert not run_unsteady(ONCE, of_processes=False).good


def test_three_failures_have_one_cause_and_no_second_run(
    run_unsteady, capfd: pytest.CaptureFixture[str]
) -> None:
    text = "".join(f"def test_{name}(): assert 0\n" for name in "abc")
    assert run_unsteady(text).failed == 3
    assert "again" not in capfd.readouterr().out


def test_a_broken_file_is_not_mended_by_a_second_run(run_unsteady) -> None:
    assert not run_unsteady("import nothing_like_this").good
