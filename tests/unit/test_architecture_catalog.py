"""The catalog's models: what the planner counts is what transformers counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.architecture import read_architecture
from planning.architecture.kv import kv_bytes_beyond_window, kv_bytes_per_token
from planning.catalog import CatalogError, load_catalog
from planning.catalog.models import ModelTable
from planning.catalog.rows import ModelRow
from tests.support.count_parameters import recorded

ROWS = list(load_catalog().models.values())
COUNTED = recorded()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_model_has_the_parameters_that_transformers_counted(row: ModelRow) -> None:
    model = row.value.architecture
    assert model.parameters == COUNTED[row.id]
    assert 0 < model.active_parameters <= model.parameters
    assert (model.active_parameters < 0.6 * model.parameters) == (model.experts > 0)
    assert 0 <= kv_bytes_beyond_window(model) <= kv_bytes_per_token(model)
    assert model.names


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_has_no_key_that_nothing_reads(row: ModelRow) -> None:
    read: set[str] = set()
    read_architecture(row.value.config, read)
    assert not set(_paths(row.value.config, "")) - read


def test_there_are_forty_models_over_a_dozen_architectures() -> None:
    kinds = {row.value.architecture.model_type for row in ROWS}
    assert len(ROWS) >= 40
    assert len(kinds) >= 12
    assert set(COUNTED) == {row.id for row in ROWS}


def test_a_repository_stands_in_one_row() -> None:
    names = [name for row in ROWS for name in row.value.repositories]
    assert len(names) == len(set(names))


def test_a_hub_source_is_known_at_any_revision() -> None:
    row = load_catalog().model_of(f"hf:Qwen/Qwen3-8B@{'a' * 40}")
    assert row is not None
    assert row.id == "Qwen3-8B"
    assert load_catalog().model_of(f"hf:example-org/Qwen3-8B@{'a' * 40}") is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_found_by_each_of_its_places(row: ModelRow) -> None:
    places = [f"hf:{name}@{'a' * 40}" for name in row.value.repositories]
    for place in [*places, *filter(None, [row.value.source])]:
        found = load_catalog().model_of(place)
        assert found == row, place


def test_only_files_that_name_the_model_are_read(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/broken.yaml").write_text("- {id: org/one}\n")
    table = ModelTable(tmp_path)
    assert table.at(f"hf:org/two@{'a' * 40}") is None
    with pytest.raises(CatalogError, match=r"broken\.yaml, row 1: .*`value`"):
        table.at(f"hf:org/one@{'a' * 40}")


def _paths(values: dict[str, object], path: str) -> list[str]:
    found: list[str] = []
    for key, value in values.items():
        found.append(path + key)
        if isinstance(value, dict):
            found += _paths(value, f"{path}{key}.")
    return found
