"""The shipped constants and intervals are what the measured points give."""

from __future__ import annotations

import pytest

from planning.catalog import load_catalog
from planning.catalog.rows.throughput import CalibrationFacts, Constants
from tools.throughput.__main__ import files
from tools.throughput.calibration import calibration
from tools.throughput.coverage import HeldOut, coverage, families, planned, shown
from tools.throughput.earlier import ratios
from tools.throughput.fit import LAUNCHES, METRICS, MIXTURE, TAILS
from tools.throughput.points import ROOT, Point, measured

POINTS = measured()


@pytest.fixture(scope="module")
def both() -> tuple[HeldOut, HeldOut]:
    return families(POINTS)


@pytest.fixture(scope="module")
def shipped() -> CalibrationFacts:
    return load_catalog().calibrations["vllm/H100"].value


def test_constants_and_widths_are_computed_from_the_points(
    both: tuple[HeldOut, HeldOut], shipped: CalibrationFacts
) -> None:
    assert calibration(*both) == shipped


def test_the_written_files_are_fresh() -> None:
    for name, text in files().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, name


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("mixture", [False, True])
def test_an_interval_is_shipped_where_it_holds_for_held_out_models(
    both: tuple[HeldOut, HeldOut], shipped: CalibrationFacts, mixture: bool, metric: str
) -> None:
    found = coverage(both[mixture], metric, planned)
    family = shipped.mixtures if mixture else shipped.dense
    width = getattr(family.half_widths, metric)
    if width is not None:
        assert 0.87 <= found.share <= 0.93
        assert found.half_width == width <= (3 if mixture else 1.35)
    elif shown(found, both[mixture].widest):
        assert metric.endswith("_p95")
        assert getattr(family.half_widths, metric.removesuffix("_p95")) is None


def test_what_is_shipped(shipped: CalibrationFacts) -> None:
    dense, mixtures = shipped.dense.half_widths, shipped.mixtures.half_widths
    assert dense.ttft and dense.itl and dense.throughput and dense.itl_p95
    assert dense.ttft_p95 is None
    assert mixtures.itl and mixtures.throughput
    assert mixtures.ttft is mixtures.ttft_p95 is mixtures.itl_p95 is None


def test_variants_of_a_model_are_left_out_together(both: tuple[HeldOut, HeldOut]) -> None:
    dense, mixtures = both
    assert "llama-3.1-8b" in dense.models
    assert (len(dense.models), len(mixtures.models)) == (8, 4)
    left_out = {point.variant for point, *_ in dense.errors("llama-3.1-8b")}
    assert left_out == {"bf16", "fp8"}


def test_batches_are_looked_up_and_never_fitted(both: tuple[HeldOut, HeldOut]) -> None:
    dense = both[0]
    loops = HeldOut(tuple(point for point in dense.points if planned(point)))
    assert len(loops.points) < len(dense.points)
    assert loops.constants() == dense.constants()


def test_mixtures_differ_from_dense_models_in_launches_and_one_constant(
    shipped: CalibrationFacts,
) -> None:
    names = Constants.__struct_fields__
    dense, mixtures = shipped.dense.constants, shipped.mixtures.constants
    same = {name for name in names if getattr(dense, name) == getattr(mixtures, name)}
    assert set(names) - same == {*MIXTURE, *LAUNCHES, *TAILS}


def test_marked_points_do_not_count() -> None:
    counted = {(point.model, point.variant, point.users) for point in POINTS}
    assert ("qwen3-30b-a3b", "bf16", 32) in counted
    assert not counted & {("qwen3-30b-a3b", "bf16", 256), ("qwen3-30b-a3b", "fp8", 256)}
    unspread = [p for p in POINTS if p.model in ("deepseek-v2-lite", "gpt-oss-20b")]
    assert [point.users for point in unspread if point.kind == "batch"] == [1, 1]
    assert {point.users for point in unspread if point.kind == "steady"} >= {8, 32, 64, 128}


def test_points_of_an_earlier_visit_lie_in_the_interval(shipped: CalibrationFacts) -> None:
    width = shipped.dense.half_widths.throughput
    assert width is not None
    found: list[tuple[Point, float]] = list(ratios(shipped.dense.constants))
    assert len(found) == 10
    assert all(1 / width < ratio < width for _, ratio in found)
