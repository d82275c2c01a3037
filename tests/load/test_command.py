"""`python -m benchmarks.load` from the command line to its two files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.load.__main__ import main
from tests.support.mock_server import Mock

SHORT = ["--rate", "40", "--seconds", "1", "--warm-up", "0.5", "--output-tokens", "3"]
KEY = "sk-never-to-be-seen"


def test_a_run_writes_document_and_page_and_no_key(
    mock: Mock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOAD_KEY", KEY)
    (tmp_path / "key").write_text(f"{KEY}-2\n")
    out = tmp_path / "out"
    keys = ["--key", "env:LOAD_KEY", "--key", f"file:{tmp_path / 'key'}"]
    assert main([mock.base_url, *SHORT, *keys, "--out", str(out)]) == 0
    truths = mock.log()
    assert {truth["authorization"] for truth in truths} == {f"Bearer {KEY}", f"Bearer {KEY}-2"}
    found = json.loads((out / "load.json").read_text())
    assert found["model"] == "mock"
    assert found["requests"]["failed"] == 0
    # The warm-up is sent, but not counted.
    assert 0 < found["requests"]["due"] < len(truths)
    assert all(0 <= row["dueSeconds"] <= 1 for row in found["rows"])
    said = capsys.readouterr()
    page = (out / "load.html").read_text()
    assert "in time" in said.out and "Time to the first token" in page
    assert not any(KEY in text for text in (said.out, said.err, page, json.dumps(found)))


def test_a_trace_is_sent_with_its_lengths(mock: Mock, tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text("timestamp,input_tokens,output_tokens\n0,9,2\n0.2,30,5\n0.4,70,3\n90,1,1\n")
    arguments = ["--trace", str(trace), "--warm-up", "0", "--seconds", "5", "--out", str(tmp_path)]
    assert main([mock.base_url, *arguments]) == 0
    assert [truth["tokens"] for truth in mock.log()] == [2, 5, 3]
    found = json.loads((tmp_path / "load.json").read_text())
    assert [row["tokens"] for row in found["rows"]] == [2, 5, 3]
    assert found["seconds"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--key", KEY], "env:NAME of a variable that is set"),
        (["--key", "env:NO_SUCH_KEY"], "env:NAME of a variable that is set"),
        (["--ttft", "1"], "a whole number with ms, s, m or h"),
        (["--rate", "0"], "must be above 0"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["http://127.0.0.1:1/v1", *arguments])
    error = capsys.readouterr().err
    assert said in error
    assert KEY not in error


def test_an_endpoint_that_names_no_model_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["http://127.0.0.1:1/v1", *SHORT]) == 2
    assert "give --model" in capsys.readouterr().err


def test_a_file_that_is_no_trace_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t").write_text("a,b\n1,2\n")
    assert main(["http://127.0.0.1:1/v1", "--trace", str(tmp_path / "t")]) == 2
    assert "Mooncake" in capsys.readouterr().err
