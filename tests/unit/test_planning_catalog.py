"""Catalog rows are trusted only with source and date."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import planning.catalog
from planning.catalog import CatalogError, load_catalog
from planning.settings.engine import Engine

FOLDER = Path(planning.catalog.__file__).parent
ROW = """
- id: cpu
  value: {kv_bits: {fp32: 32}}
  source: a page that says so
  date: 2026-11-22
"""


def test_the_catalog_of_this_release_loads() -> None:
    catalog = load_catalog()
    assert "local" in catalog.engines["onnx"].value.targets
    assert set(catalog.quantizations) == set(
        Engine.model_json_schema()["properties"]["quantization"]["enum"]
    )


@pytest.mark.parametrize("line", ["  source: a page that says so\n", "  date: 2026-11-22\n"])
def test_a_row_without_source_or_date_is_refused(tmp_path: Path, line: str) -> None:
    folder = _copy(tmp_path, ROW.replace(line, ""))
    with pytest.raises(CatalogError, match=rf"devices\.yaml, row 1: {line.split(':')[0].strip()}"):
        load_catalog(folder)


def test_a_row_with_an_unread_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"row 1: value\.speed"):
        load_catalog(_copy(tmp_path, ROW.replace("{kv_bits", "{speed: 1, kv_bits")))


def test_a_row_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="row cpu: stands twice"):
        load_catalog(_copy(tmp_path, ROW + ROW))


def _copy(folder: Path, devices: str) -> Path:
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=ignored)
    (folder / "devices.yaml").write_text(devices)
    return folder
