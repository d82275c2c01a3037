"""Every object of a stack on a cluster, byte for byte; `make check` scans these files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.golden import assert_golden
from tests.support.kubernetes_cases import cases
from tests.support.manifests import as_yaml, rendered_stack

FOLDER = Path(__file__).parent / "manifests"
CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_a_stack_has_its_objects(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(pytestconfig, FOLDER / f"{name}.yaml", as_yaml(rendered_stack(CASES[name])))


def test_there_are_many_stacks_and_no_file_without_its_stack() -> None:
    assert len(CASES) >= 8
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(CASES)
