"""Rows of starts are what was measured, and none contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

from planning.catalog import CatalogError, load_catalog
from planning.catalog.references import check_references
from planning.catalog.rows.start import EngineStartRow, StartRateRow
from planning.meanings import meanings
from planning.settings.start import Start
from planning.settings.stop import Stop

ROOT = Path(__file__).parents[2]
CATALOG = load_catalog()
H100 = [row for row in CATALOG.engine_starts.values() if row.id.startswith("h100")]


@pytest.mark.parametrize("row", H100, ids=lambda row: row.id)
def test_a_start_on_the_h100_is_what_its_file_says(row: EngineStartRow) -> None:
    data: dict[str, Any] = json.loads((ROOT / row.source).read_text())
    took = data["init"]
    other = (
        took["importSeconds"]
        + took["configSeconds"]
        + took["engineReadySeconds"]
        - took["loadSeconds"]
        - took["compileSeconds"]
        - took["captureSeconds"]
    )
    facts = row.value
    assert facts.compile_seconds == pytest.approx(took["compileSeconds"])
    assert facts.capture_seconds == pytest.approx(took["captureSeconds"])
    assert facts.other_seconds == pytest.approx(other, abs=0.06)
    assert facts.infos_cached == (took["configSeconds"] < 2)
    assert facts.version == data["versions"]["vllm"]


def test_every_measured_start_on_the_h100_is_a_row() -> None:
    folder = ROOT / "benchmarks/results/h100"
    files = {f"benchmarks/results/h100/{file.name}" for file in folder.glob("*.json")}
    kernels = {name for name in files if name.endswith("kernels.json")}
    assert {row.source for row in H100} == files - kernels


def test_the_start_of_our_server_is_what_its_file_says() -> None:
    rows = [row for row in CATALOG.engine_starts.values() if row.value.engine == "onnx"]
    data: dict[str, Any] = json.loads((ROOT / rows[0].source).read_text())
    (series,) = [s for s in data["measurement"]["series"] if s["name"] == "ours ready"]
    values = sorted(series["values"])
    expected = [values[0], values[len(values) // 2], values[-1]]
    assert sorted(row.value.other_seconds or 0 for row in rows) == pytest.approx(expected, abs=0.01)


def test_a_rate_that_contradicts_itself_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = convert(
        {
            "id": "image/pull",
            "value": {"what": "a pull", "gb_per_second": {"best": 1, "expected": 2, "worst": 3}},
            "source": "written for this test",
            "date": "2026-11-22",
        },
        StartRateRow,
    )
    changed = {**CATALOG.start_rates, row.id: row}
    monkeypatch.setitem(CATALOG.__dict__, "start_rates", changed)
    with pytest.raises(CatalogError, match="image/pull: best, expected and worst do not fall"):
        check_references(CATALOG)


@pytest.mark.parametrize("section", [Start, Stop])
def test_every_key_of_the_sections_is_described(section: type[Start] | type[Stop]) -> None:
    assert list(meanings(section)) == list(section.model_fields)
