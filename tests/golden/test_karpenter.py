"""Every object of a pool that Karpenter or Auto Mode fills, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.golden import assert_golden
from tests.support.karpenter_cases import POOLS, objects
from tests.support.manifests import as_yaml

FOLDER = Path(__file__).parent / "karpenter"


@pytest.mark.parametrize("name", POOLS)
def test_a_pool_has_its_objects(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(pytestconfig, FOLDER / f"{name}.yaml", as_yaml(objects(name)))


def test_there_is_no_file_without_its_pool() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(POOLS)
