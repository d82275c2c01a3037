"""A stack file and the real engine's preview of it cost the same, without credentials for one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from planning.cost import Amount, Estimate, estimate, read_preview
from planning.cost.amount import ZERO, total
from planning.cost.planned import planned_resources
from planning.cost.report.build import totals_of
from tests.support.cost_previews import RECORDED, TODAY
from tests.support.presets import EKS_PRESETS, PRESETS, pinned_catalog, preset_plan

_FILES = [*EKS_PRESETS, *PRESETS]

# Of a cluster whose storage the stack does not know.
_GAPS = {"kubernetes:core/v1:PersistentVolumeClaim"}


@pytest.fixture(scope="module")
def estimates() -> Mapping[str, tuple[Estimate, Estimate]]:
    """By preset: of its stack file, and of its preview."""
    return {file.stem: (_planned(file), _previewed(file)) for file in _FILES}


@pytest.mark.parametrize("file", EKS_PRESETS, ids=lambda file: file.stem)
def test_a_plan_and_its_preview_agree_to_the_cent(
    estimates: Mapping[str, tuple[Estimate, Estimate]], file: Path
) -> None:
    planned, previewed = map(_by_type, estimates[file.stem])
    assert planned.keys() <= previewed.keys()
    for kind, amounts in previewed.items():
        assert _bounds(planned.get(kind, [])) == _bounds(amounts), kind


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_lines_come_to_the_totals_and_nothing_is_a_silent_zero(
    estimates: Mapping[str, tuple[Estimate, Estimate]], file: Path
) -> None:
    for found in estimates[file.stem]:
        lines = list(found.after.values())
        assert total(line.counted for line in lines) == found.total
        for line in lines:
            assert (line.amount is not None) == (line.kind == "priced"), line.urn
            assert line.amount is None or line.amount.maximum > 0, line.urn
        priced = any(line.kind == "priced" for line in lines)
        assert priced or totals_of(found).monthly_usd.max is None, "pods alone are not $0"


def test_what_presets_make_has_a_price_or_a_source_that_calls_it_free_but_for_known_gaps(
    estimates: Mapping[str, tuple[Estimate, Estimate]],
) -> None:
    """What is billed by usage has a price too, of a unit; for the gaps no source says anything."""
    lines = [line for _, found in estimates.values() for line in found.after.values()]
    said = [line for line in lines if line.kind in ("priced", "free") or line.prices]
    assert len(lines) > 950
    rest = {line.urn.split("::")[2].rpartition("$")[2] for line in lines if line not in said}
    assert rest <= _GAPS
    assert len(said) / len(lines) >= 0.99


def _planned(file: Path) -> Estimate:
    catalog = pinned_catalog()
    return estimate((), planned_resources(preset_plan(file, catalog)), catalog, TODAY)


def _previewed(file: Path) -> Estimate:
    text = (RECORDED / f"{file.stem}.json").read_text(encoding="utf-8")
    found = read_preview(text)
    return estimate(found.before, found.after, pinned_catalog(), TODAY)


def _by_type(found: Estimate) -> dict[str, list[Amount]]:
    groups: dict[str, list[Amount]] = {}
    for line in found.after.values():
        if line.amount is not None:
            groups.setdefault(line.urn.split("::")[2].rpartition("$")[2], []).append(line.amount)
    return groups


def _bounds(amounts: list[Amount]) -> list[tuple[Decimal | None, Decimal]]:
    """The average is what only a plan knows."""
    return sorted(((one.minimum, one.maximum) for one in amounts or [ZERO]), key=str)
