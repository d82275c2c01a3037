"""The graph of each preset, resource by resource: `make golden` writes it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.eks_stack import PRESETS, preset_stack
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "goldens"


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_registers_these_resources(preset: str, pytestconfig: pytest.Config) -> None:
    # What is served has goldens of its own, as manifests.
    text = preset_stack(preset).as_text(brief="serving")
    assert_golden(pytestconfig, FOLDER / f"{preset}.json", text)


def test_no_file_is_without_its_preset() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(PRESETS)
