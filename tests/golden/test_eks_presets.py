"""Presets of EKS: what is planned for AWS, field by field."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from components.specs.aws import EksSpec
from tests.support.golden import assert_golden
from tests.support.presets import EKS_PRESETS, pinned_catalog, preset_plan

FOLDER = Path(__file__).parent / "eks/presets"


@pytest.mark.parametrize("preset", EKS_PRESETS, ids=lambda file: file.stem)
def test_a_preset_plans_exactly_this(preset: Path, pytestconfig: pytest.Config) -> None:
    spec = preset_plan(preset, pinned_catalog()).eks
    assert spec is not None
    assert_golden(pytestconfig, FOLDER / f"{preset.stem}.json", _text(spec))


def _text(spec: EksSpec) -> str:
    """Of the half on Kubernetes only what is another on EKS: its manifests are goldens too."""
    fields = {
        field.name: _plain(getattr(spec, field.name))
        for field in dataclasses.fields(spec)
        if field.name != "serving"
    }
    serving = spec.serving
    fields["serving"] = {
        "placement": _plain(serving.workload.placement),
        "store": _plain(serving.workload.store),
        "grace_seconds": serving.workload.grace_seconds,
        "gateway_service": serving.gateway.service,
        "gateway_pre_stop_seconds": serving.gateway.pre_stop_seconds,
        "gateway_grace_seconds": serving.gateway.grace_seconds,
        "charts": [f"{one.name} {one.version} in {one.namespace}" for one in serving.charts],
        "builds": serving.build.repository if serving.build else None,
    }
    return json.dumps(fields, indent=2) + "\n"


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
