"""A replay says exactly what is expected, in text and in JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.replay.bursts import bursts, write
from benchmarks.replay.stack import STACK
from planning.cli import main
from planning.replay.document import ReplayDocument
from tests.support.golden import assert_golden

_FOLDER = Path(__file__).parent / "replay"
_SHOWN = 3
"""Moments of the JSON that are kept: the rest is more of the same."""


@pytest.fixture
def traces(tmp_path: Path) -> tuple[Path, Path]:
    """Twenty minutes with two bursts, of a day and of the day before."""
    files = tmp_path / "today.csv", tmp_path / "yesterday.csv"
    for seed, file in enumerate(files, 1):
        write(bursts(5.0, seed, seconds=1200, period=600, quiet=420), file)
    return files


def test_the_text_is_the_expected_one(
    traces: tuple[Path, Path],
    pytestconfig: pytest.Config,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(STACK.parent)
    monkeypatch.setenv("COLUMNS", "100")
    today, yesterday = map(str, traces)
    main(["replay", STACK.name, today, "--before", yesterday, "--start", "60s", "--no-machine"])
    assert_golden(pytestconfig, _FOLDER / "bursts.txt", capsys.readouterr().out)


def test_the_json_is_the_expected_one(
    traces: tuple[Path, Path],
    pytestconfig: pytest.Config,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(STACK.parent)
    arguments = ["replay", STACK.name, str(traces[0]), "--start", "60s", "--json"]
    main(arguments)
    first = capsys.readouterr().out
    main(arguments)
    assert capsys.readouterr().out == first, "byte for byte the same again"
    document = ReplayDocument.model_validate_json(first)
    shown = document.model_copy(update={"moments": document.moments[:_SHOWN]})
    assert_golden(pytestconfig, _FOLDER / "bursts.json", shown.text() + "\n")
    assert sum(moment.late for moment in document.moments) == pytest.approx(
        document.trace.requests * (1 - document.fleets[0].in_slo), rel=0.02, abs=20
    )
