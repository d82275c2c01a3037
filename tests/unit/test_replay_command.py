"""`python -m planning replay`: what it prints, and what it refuses."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from benchmarks.replay.bursts import bursts, write
from benchmarks.replay.stack import STACK
from planning.cli import main


@pytest.fixture
def trace(tmp_path: Path) -> str:
    file = tmp_path / "trace.csv"
    write(bursts(5.0, 1, seconds=300, period=150, quiet=100), file)
    return str(file)


def _changed(tmp_path: Path, **sections: object) -> str:
    raw = yaml.safe_load(STACK.read_text())
    for name, value in sections.items():
        if value is None:
            del raw["config"][f"slipway:{name}"]
        else:
            raw["config"][f"slipway:{name}"] = value
    file = tmp_path / "Pulumi.changed.yaml"
    file.write_text(yaml.safe_dump(raw))
    return str(file)


def test_enough_in_time_is_a_good_end(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["replay", _changed(tmp_path, scaling={"replicas": 4}), trace, "--start", "9s"]) == 0
    )
    assert "4 all the time" in capsys.readouterr().out


def test_too_few_in_time_end_with_1(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["replay", _changed(tmp_path, scaling={"replicas": 1}), trace, "--start", "9s"]) == 1
    )
    assert "less than the 99% that are asked for" in capsys.readouterr().out


def test_the_page_has_its_pictures_and_needs_nothing_else(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "replay.html"
    main(["replay", str(STACK), trace, "--start", "60s", "--html", str(page)])
    text = page.read_text()
    assert text.count("<svg") == 4, "two pictures, wide and narrow"
    for word in ("Replicas over the trace", "Requests over the trace", "Assumptions"):
        assert word in text
    HTMLParser().feed(text)
    assert "<script" not in text and "http-equiv" in text
    assert "wrote" in capsys.readouterr().err


def test_a_trace_that_is_none_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "no.csv"
    file.write_text("a,b\n1,2\n")
    assert main(["replay", str(STACK), str(file), "--start", "60s"]) == 1
    said = capsys.readouterr().err
    assert f"{file}:1  [unknown-trace-format]" in said
    assert "allowed" in said and "fix" in said


def test_all_that_stands_against_a_replay_is_said_at_once(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = _changed(tmp_path, traffic={"requestsPerSecond": 11}, start=None)
    assert main(["replay", stack, trace]) == 1
    said = capsys.readouterr().err
    assert "slipway:traffic.slo  [cannot-replay]" in said
    assert "slipway:start  [cannot-replay]" in said and "--start 60s" in said


def test_a_duration_without_unit_is_refused(trace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(STACK), trace, "--start", "60"]) == 1
    assert "--start  [bad-duration]" in capsys.readouterr().err


def test_a_target_without_gpus_is_refused(
    trace: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text((Path(__file__).parents[2] / "Pulumi.dev.yaml").read_text())
    assert main(["replay", str(file), trace, "--no-machine"]) == 1
    assert "local without GPUs" in capsys.readouterr().err


def test_digests_that_are_not_resolved_yet_are_no_reason_not_to_replay(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = _changed(tmp_path, images=None, scaling={"replicas": 4})
    assert main(["replay", stack, trace]) == 0
    assert "as start.measured says" in capsys.readouterr().out


_ENDPOINT: dict[str, object] = {
    "target": "hf-endpoint",
    "images": None,
    "pools": None,
    "start": None,
    "observability": None,
}


def test_an_endpoint_is_replayed_by_the_rules_of_its_provider_and_priced(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    section = {
        "namespace": "me",
        "hardware": "gcp/nvidia-h100/x1",
        "scaling": {"metric": "pendingRequests", "threshold": 40},
    }
    main(["replay", _changed(tmp_path, **_ENDPOINT, huggingFace=section), trace, "--start", "60s"])
    said = capsys.readouterr().out
    assert "in-flight above 40" in said and "$" in said


def test_an_endpoint_that_scales_by_hardware_use_is_refused(
    trace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    section = {"namespace": "me", "hardware": "gcp/nvidia-h100/x1"}
    stack = _changed(tmp_path, **_ENDPOINT, huggingFace=section)
    assert main(["replay", stack, trace, "--start", "60s"]) == 1
    assert "slipway:huggingFace.scaling.metric  [cannot-replay]" in capsys.readouterr().err
