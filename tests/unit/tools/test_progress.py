"""Waits tell what and how long; failures tell the last lines."""

from __future__ import annotations

import sys

import pytest

from tools.bootstrap import progress
from tools.bootstrap.errors import ToolError


def test_a_fast_command_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress.run("quick", [sys.executable, "-c", "print('noise')"])
    assert capsys.readouterr().err == ""


def test_a_slow_command_tells_what_and_how_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_SILENT_SECONDS", 0.05)
    progress.run("slow work", [sys.executable, "-c", "import time; time.sleep(0.5)"])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("slipway: slow work … ")
    assert lines[-1].startswith("slipway: slow work: done in ")


def test_a_failing_command_shows_its_last_words() -> None:
    program = "print('the reason'); raise SystemExit(3)"
    with pytest.raises(ToolError, match=r"(?s)work failed \(exit 3\).*the reason"):
        progress.run("work", [sys.executable, "-c", program])


def test_a_missing_program_is_named() -> None:
    with pytest.raises(ToolError, match="no-such-program is not there"):
        progress.run("work", ["no-such-program"])
