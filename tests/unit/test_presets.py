"""Shipped presets: each plans, with nothing left to do but to pin images."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from planning.schema import stack_schema
from tests.support.presets import (
    EKS_PRESETS,
    PRESETS,
    pinned_catalog,
    preset_plan,
    preset_specs,
)

_UNSAFE = "eks-triton"
"""No release of Triton in the catalog holds a vLLM without known vulnerabilities."""


@pytest.mark.parametrize("preset", PRESETS, ids=lambda file: file.stem)
def test_nothing_is_wrong_with_a_preset_but_images_without_a_digest(preset: Path) -> None:
    plan = preset_plan(preset)
    assert {problem.code for problem in plan.errors} <= {"unresolved"}
    assert all(problem.path.startswith("slipway:images.overrides.") for problem in plan.errors)


def test_once_every_image_is_pinned_no_preset_has_an_error() -> None:
    assert len(preset_specs()) == len(PRESETS) >= 8


@pytest.mark.parametrize("preset", EKS_PRESETS, ids=lambda file: file.stem)
def test_nothing_is_wrong_with_a_preset_of_eks_but_pins(preset: Path) -> None:
    codes = {problem.code for problem in preset_plan(preset).errors}
    known = {"known-vulnerability", "driver-unproven"} if preset.stem == _UNSAFE else set[str]()
    assert codes == {"unresolved"} | known


@pytest.mark.parametrize("preset", EKS_PRESETS, ids=lambda file: file.stem)
def test_once_everything_is_pinned_a_preset_of_eks_has_no_error(preset: Path) -> None:
    plan = preset_plan(preset, pinned_catalog())
    assert plan.eks is not None
    assert bool(plan.errors) is (preset.stem == _UNSAFE)


@pytest.mark.parametrize("preset", [*PRESETS, *EKS_PRESETS], ids=lambda file: file.stem)
def test_a_preset_is_good_for_an_editor(preset: Path) -> None:
    text = preset.read_text(encoding="utf-8")
    jsonschema_rs.validator_for(stack_schema()).validate(yaml.safe_load(text))
    first = text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schema/stack.schema.json"
