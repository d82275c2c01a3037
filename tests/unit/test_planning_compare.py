"""One stack file on every target: nothing that a target cannot honour goes missing silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from planning.catalog import load_catalog
from planning.comparison import compare
from planning.comparison.swap import on_target
from planning.settings.settings import Target
from planning.stackfile.file import read_stack_file
from tests.support.stack_files import FILES, MACHINE, TODAY

HUB = "hf:Qwen/Qwen3-8B@b968826d9c46dd6066d109eabc6255188de91218"


@pytest.mark.parametrize("target", get_args(Target))
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_written_key_counts_or_is_named_as_lost(file: Path, target: Target) -> None:
    raw, _ = read_stack_file(file)
    assert raw is not None
    swapped = on_target(raw, target, origin=str(file), catalog=load_catalog())
    if swapped.settings is None:
        assert swapped.problems, "a target that cannot serve the model says why"
        return
    lost = {one.key for one in swapped.lost}
    for key in ("access", "engine", "traffic", "budget"):
        section = getattr(swapped.settings, key)
        for name in raw.get(key, {}):  # type: ignore[union-attr]
            kept = section is not None and name in _written(section)
            assert kept or f"slipway:{key}.{name}" in lost or f"slipway:{key}" in lost
    assert swapped.settings.target == target
    assert all(one.because for one in swapped.lost)


def test_on_its_own_target_a_stack_file_loses_nothing() -> None:
    for file in FILES:
        raw, _ = read_stack_file(file)
        assert raw is not None
        target: Any = raw["target"]
        swapped = on_target(raw, target, origin=str(file), catalog=load_catalog())
        assert swapped.settings is not None
        assert swapped.lost == ()


def test_a_range_of_replicas_becomes_its_end_where_nothing_scales() -> None:
    raw = _stack("eks", scaling={"replicas": "1..4"})
    swapped = on_target(raw, "local", origin="x", catalog=load_catalog())
    assert swapped.settings is not None
    assert swapped.settings.scaling.fixed_replicas == 4
    assert [one.key for one in swapped.lost] == ["slipway:scaling.replicas"]
    assert "the most of them count" in swapped.lost[0].because


def test_the_given_mapping_is_left_as_it_was() -> None:
    raw = _stack("eks", pools=[{"instanceType": "p5.4xlarge", "capacity": "spot"}])
    on_target(raw, "hf-endpoint", origin="x", catalog=load_catalog())
    assert raw == _stack("eks", pools=[{"instanceType": "p5.4xlarge", "capacity": "spot"}])


def test_a_model_that_a_target_cannot_reach_is_no_plan_there() -> None:
    raw, _ = read_stack_file(next(file for file in FILES if file.stem == "Pulumi.dev"))
    assert raw is not None
    outcomes = compare(
        raw, origin="x", stack="x", catalog=load_catalog(), machine=MACHINE, today=TODAY
    )
    by_target = {one.target: one for one in outcomes}
    assert by_target["hf-endpoint"].plan is None
    assert [problem.code for problem in by_target["hf-endpoint"].errors] == ["source-unreachable"]
    assert by_target["eks"].plan is not None


def test_every_target_has_its_limits_with_a_source() -> None:
    rows = load_catalog().target_limits.values()
    assert {row.value.target for row in rows} == set(get_args(Target))
    assert all(row.id.startswith(f"{row.value.target}/") for row in rows)


def _stack(target: str, **sections: object) -> dict[str, object]:
    return {"target": target, "model": {"source": HUB, "maxContext": 4096}, **sections}


def _written(section: Any) -> set[str]:
    """Keys that were given, as they are spelled in stack files."""
    kind = type(section)
    return {kind.model_fields[name].alias for name in section.model_fields_set}
