"""No row of a shipped file is trusted without value, source and date; names in rows exist."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import planning.catalog
from planning.catalog import Catalog, CatalogError, load_catalog
from planning.catalog.references import check_references
from planning.catalog.rows.hardware import GpuRow
from planning.catalog.tables import LazyTable

FOLDER = Path(planning.catalog.__file__).parent
FILES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("key", ["value", "source", "date"])
def test_a_row_of_a_shipped_file_is_refused_without(name: str, key: str, tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    rows = yaml.safe_load((folder / name).read_text())
    del rows[0][key]
    (folder / name).write_text(yaml.safe_dump(rows[:1]))
    with pytest.raises(CatalogError, match=rf"{Path(name).name}, row 1: .* required field `{key}`"):
        _read_all(load_catalog(folder))


@pytest.mark.parametrize("name", FILES)
def test_an_unread_key_is_refused_in_each_file(name: str, tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    rows = yaml.safe_load((folder / name).read_text())
    rows[0]["value"]["vibes"] = "good"
    (folder / name).write_text(yaml.safe_dump(rows[:1]))
    with pytest.raises(CatalogError, match=r"row 1: .* unknown field `vibes` - at `\$\.value`"):
        _read_all(load_catalog(folder))


def test_all_shipped_rows_load_and_name_existing_rows() -> None:
    catalog = load_catalog()
    check_references(catalog)
    assert len(catalog.gpus) == 12
    assert len(catalog.instances) > 100
    assert len(catalog.prices) > 100


def test_a_table_is_not_read_before_it_is_looked_at(tmp_path: Path) -> None:
    table = LazyTable(tmp_path, "gpus", GpuRow)
    (tmp_path / "gpus.yaml").write_text("- {id: X}\n")
    with pytest.raises(CatalogError, match=r"gpus\.yaml, row 1: .*`value`"):
        table["X"]


BROKEN = [
    ("instances/aws_gpu.yaml", "gpu: T4,", "gpu: T5,", "instances, row g4dn.xlarge: no GPU T5"),
    ("instances/aws_gpu.yaml", "quota: P}", "quota: Q}", "row p5.48xlarge: no quota Q"),
    ("hf_hardware.yaml", "gpu: H200", "gpu: H201", "hf_hardware, row aws/nvidia-h200/x1: no GPU"),
    ("prices/aws_ec2.yaml", "instance: t3.nano", "instance: t9.nano", "no instance t9.nano"),
    ("prices/aws_ec2.yaml", "region: us-east-1", "region: us-east-2", "its id is not <region>"),
    ("engine_versions.yaml", "cuda: 13.0.3", "cuda: 14.0.3", "no CUDA family of 14.0.3"),
    ("advisories.yaml", "software: triton", "software: titan", "no engine version contains titan"),
    ("amis.yaml", '"1.36"]', '"1.99"]', "no Kubernetes 1.99"),
    ("operators.yaml", '["1.30"]', '["1.03"]', "operators, row karpenter/0.37: no Kubernetes 1.03"),
    ("quantization_support.yaml", "storage: awq", "storage: awk", "its id is not <engine>"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN)
def test_a_name_without_a_row_is_refused(
    name: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    folder = _copy(tmp_path)
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    with pytest.raises(CatalogError, match=said):
        check_references(load_catalog(folder))


def _copy(folder: Path) -> Path:
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py"))
    return folder


def _read_all(catalog: Catalog) -> None:
    for field in dataclasses.fields(catalog):
        table: Mapping[str, Any] = getattr(catalog, field.name)
        list(table)
