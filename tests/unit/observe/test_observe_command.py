"""`python -m operations observe`: its table, JSON, exit codes and calibration rows."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from operations.__main__ import main
from operations.observe.prometheus import Prometheus, PrometheusError
from operations.pulumi_cli import PulumiCli
from planning.catalog import load_catalog
from planning.prediction import prediction
from stacks.predicted import predicted
from tests.support.predictions import PREDICTION
from tests.support.stack_files import FOLDER, plan_of

ANSWERS = {
    "histogram_quantile(0.5": 77.0,
    "histogram_quantile(0.95": 96.0,
    "inter_token_latency": 10.0,
    "rate(vllm:generation": 1000.0,
    "kube_pod": 330.0,
    "num_requests_running": 10.0,
    "sum(avg_over_time(slipway": 2.0,
    "prompt_tokens": 500.0,
    "increase(vllm:generation": 250.0,
}


@pytest.fixture(autouse=True)
def stack(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Outputs that can be changed, and a Prometheus that knows every answer."""
    kept = PREDICTION.model_dump(mode="json", by_alias=True, exclude_none=True)
    outputs: dict[str, Any] = {"predicted": kept}
    monkeypatch.setattr(PulumiCli, "outputs", lambda _: outputs)
    monkeypatch.setattr(PulumiCli, "project", lambda _: "chat")

    def value(_: Prometheus, query: str, at: float) -> float | None:
        return next((one for part, one in ANSWERS.items() if part in query), None)

    monkeypatch.setattr(Prometheus, "value", value)
    return outputs


def _run(*arguments: str) -> int:
    return main(["observe", "--stack", "prod", *arguments])


def test_a_figure_out_of_its_interval_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--prometheus", "http://prometheus:9090", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    verdicts = {name: one["verdict"] for name, one in found["figures"].items()}
    assert verdicts == {
        "ttftMs": "inside",
        "ttftP95Ms": "outside",
        "itlMs": "inside",
        "itlP95Ms": "not measured",
        "outputTokensPerSecond": "inside",
        "startSeconds": "inside",
        "replicas": "inside",
        "monthlyUsd": "not measured",
    }
    assert found["figures"]["ttftMs"]["ratio"] == pytest.approx(1.1)
    assert found["load"] == {"concurrency": 10, "promptTokens": 500, "outputTokens": 250}


def test_the_table_says_why_nothing_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run() == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "first token, ms 70 (60 to 90) - - not measured" in out
    assert "no Prometheus was named" in out


def test_calibration_rows_replace_those_of_the_same_day(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    for day in ("2026-12-01", "2026-12-02", "2026-12-02"):
        _run("--prometheus", "http://p", "--write", str(file), "--until", f"{day}T12:00+00:00")
    with file.open() as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == 2 * 6
    first = next(row for row in rows if row["figure"] == "ttftMs")
    assert first["date"] == "2026-12-01"
    assert (first["predicted"], first["measured"], first["ratio"]) == ("70", "77", "1.1")
    assert (first["engine_version"], first["concurrency"]) == ("vllm-0.33.0", "10")


def test_another_file_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("mine\n")
    assert _run("--prometheus", "http://p", "--write", str(file)) == 2
    assert file.read_text() == "mine\n"


def test_a_stack_of_before_has_no_predictions(
    stack: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    del stack["predicted"]
    assert _run() == 2
    assert "run `pulumi up` once more" in capsys.readouterr().err


def test_a_silent_prometheus_is_exit_code_3(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> None:
        raise PrometheusError("it cannot be reached (URLError)")

    monkeypatch.setattr(Prometheus, "value", silent)
    assert _run("--prometheus", "http://p") == 3


@pytest.mark.parametrize("url", ["ftp://p", "http://user:canary-7@p", "file:///etc/passwd"])
def test_an_address_that_is_not_asked_is_wrong(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("--prometheus", url) == 3
    assert "canary-7" not in capsys.readouterr().err


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_plan_keeps_what_it_predicts_and_it_reads_back(file: Path) -> None:
    plan = plan_of(file)
    kept = predicted(plan)
    found = prediction(plan)
    assert type(found).model_validate_json(json.dumps(kept)).figures == found.figures
    assert found.engine_version is None or found.engine_version in load_catalog().engine_versions
    for figure in found.figures.values():
        ends = [end for end in (figure.low, figure.expected, figure.high) if end is not None]
        assert ends == sorted(ends)
