"""Catalog rows are trusted only with source and date."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

import planning.catalog
from components.specs import Quantization
from planning.catalog import CatalogError, load_catalog
from planning.settings.engine import Weights

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
    assert set(catalog.quantizations) == set(get_args(Quantization)) <= set(get_args(Weights))


@pytest.mark.parametrize("line", ["  source: a page that says so\n", "  date: 2026-11-22\n"])
def test_a_row_without_source_or_date_is_refused(tmp_path: Path, line: str) -> None:
    folder = _copy(tmp_path, ROW.replace(line, ""))
    key = line.partition(":")[0].strip()
    with pytest.raises(CatalogError, match=rf"devices\.yaml, row 1: .* required field `{key}`"):
        load_catalog(folder)


def test_a_row_with_an_unread_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"row 1: .* unknown field `speed` - at `\$\.value`"):
        load_catalog(_copy(tmp_path, ROW.replace("{kv_bits", "{speed: 1, kv_bits")))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{fp32: 0}", "Expected `int` >= 1"),
        ("{fp32: true}", "Expected `int`, got `bool`"),
        ('{fp32: "32"}', "Expected `int`, got `str`"),
        ("{fp32: 32.0}", "Expected `int`, got `float`"),
        ("{fp31: 32}", "Invalid enum value 'fp31'"),
    ],
)
def test_a_value_of_another_type_or_out_of_bounds_is_refused(
    tmp_path: Path, written: str, said: str
) -> None:
    with pytest.raises(CatalogError, match=rf"devices\.yaml, row 1: {said} .*value\.kv_bits"):
        load_catalog(_copy(tmp_path, ROW.replace("{fp32: 32}", written)))


@pytest.mark.parametrize("price", ["0", "-1.5", ".nan", ".inf"])
def test_a_price_is_above_zero(tmp_path: Path, price: str) -> None:
    folder = _copy(tmp_path, ROW)
    facts = f"{{instance: x, region: y, usd_per_hour: {price}}}"
    (folder / "prices/aws_ec2.yaml").write_text(ROW.replace("{kv_bits: {fp32: 32}}", facts))
    with pytest.raises(CatalogError, match="an amount above 0, got"):
        list(load_catalog(folder).prices)


def test_a_row_cannot_be_changed() -> None:
    row = load_catalog().engines["onnx"]
    for part, name in ((row, "id"), (row.value, "runtime_bytes")):
        with pytest.raises(AttributeError, match="immutable"):
            setattr(part, name, None)


def test_a_row_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="row cpu: stands twice"):
        load_catalog(_copy(tmp_path, ROW + ROW))


def _copy(folder: Path, devices: str) -> Path:
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=ignored)
    (folder / "devices.yaml").write_text(devices)
    return folder
