"""The shipped constants and intervals are what the measured points give."""

from __future__ import annotations

import pytest

from planning.catalog import load_catalog
from planning.catalog.rows.throughput import CalibrationFacts
from tools.throughput.__main__ import files
from tools.throughput.calibration import calibration
from tools.throughput.coverage import HeldOut, coverage, planned, shown
from tools.throughput.earlier import ratios
from tools.throughput.points import ROOT, Point, measured

POINTS = measured()


@pytest.fixture(scope="module")
def held_out() -> HeldOut:
    return HeldOut(tuple(point for point in POINTS if not point.mixture))


@pytest.fixture(scope="module")
def shipped() -> CalibrationFacts:
    return load_catalog().calibrations["vllm/H100"].value


def test_constants_and_widths_are_computed_from_the_points(
    held_out: HeldOut, shipped: CalibrationFacts
) -> None:
    assert calibration(held_out) == shipped


@pytest.mark.parametrize(("name", "text"), sorted(files().items()))
def test_the_written_files_are_fresh(name: str, text: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("metric", ["itl", "throughput"])
def test_a_shown_interval_holds_for_held_out_models(
    held_out: HeldOut, shipped: CalibrationFacts, metric: str
) -> None:
    found = coverage(held_out, metric, planned)
    assert 0.87 <= found.share <= 0.93
    assert found.half_width == getattr(shipped.half_widths, metric) <= 1.35
    everything = coverage(held_out, metric, lambda point: True)
    assert everything.points == len(held_out.points) == 45
    assert everything.share >= 0.9


def test_an_interval_that_is_too_wide_is_not_shipped(
    held_out: HeldOut, shipped: CalibrationFacts
) -> None:
    assert not shown(coverage(held_out, "ttft", planned))
    assert shipped.half_widths.ttft is None


def test_variants_of_a_model_are_left_out_together(held_out: HeldOut) -> None:
    assert "llama-3.1-8b" in held_out.models
    assert len(held_out.models) == 6
    assert len(list(held_out.errors("llama-3.1-8b"))) == 3 * 14


def test_marked_points_do_not_count() -> None:
    counted = {(point.model, point.variant, point.users) for point in POINTS}
    assert ("qwen3-30b-a3b", "bf16", 32) in counted
    assert not counted & {("qwen3-30b-a3b", "bf16", 8), ("qwen3-30b-a3b", "bf16", 256)}
    unspread = [p for p in POINTS if p.model in ("deepseek-v2-lite", "gpt-oss-20b")]
    assert [point.users for point in unspread] == [1, 1]


def test_points_of_an_earlier_visit_lie_in_the_interval(shipped: CalibrationFacts) -> None:
    width = shipped.half_widths.throughput
    assert width is not None
    found: list[tuple[Point, float]] = list(ratios(shipped.constants))
    assert len(found) == 10
    assert all(1 / width < ratio < width for _, ratio in found)
