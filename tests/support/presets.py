"""The shipped presets, planned with images as if every registry had been asked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from components.specs.cluster import KubernetesSpec, WorkloadSpec
from components.specs.images import ImageBuildSpec
from planning.catalog import Catalog, load_catalog
from planning.plan import Plan, make_plan
from planning.stackfile import load_stack_file

_FOLDER = Path(__file__).parents[2] / "stacks/presets"
PRESETS = sorted(_FOLDER.glob("kubernetes-*.yaml"))
EKS_PRESETS = sorted(_FOLDER.glob("eks-*.yaml"))
DIGEST = f"sha256:{'0' * 64}"
"""Made up, so that goldens stay when a real one is resolved."""
ADDON = "v0.0.0-eksbuild.0"
"""Made up as well."""
_TODAY = datetime.date(2026, 11, 30)


def preset_plan(preset: Path, catalog: Catalog | None = None) -> Plan:
    return make_plan(
        load_stack_file(preset), stack="dev", catalog=catalog or load_catalog(), today=_TODAY
    )


def preset_specs() -> Mapping[str, KubernetesSpec]:
    """By name; what `up` would build has an image too."""
    catalog = pinned_catalog()
    return {f"preset-{file.stem}": _spec(preset_plan(file, catalog)) for file in PRESETS}


def pinned_catalog() -> Catalog:
    """With versions and digests as if `make pins` had asked everybody."""
    catalog = load_catalog()
    addons = {
        name: structs.replace(
            row,
            value=structs.replace(
                row.value, versions=dict.fromkeys(catalog.kubernetes_versions, ADDON)
            ),
        )
        for name, row in catalog.addons.items()
    }
    images = {
        name: structs.replace(row, value=structs.replace(row.value, digest=DIGEST))
        for name, row in catalog.images.items()
    }
    charts = {
        name: structs.replace(
            row, value=structs.replace(row.value, version=row.value.version or "0.0.0")
        )
        for name, row in catalog.charts.items()
    }
    return replace(catalog, images=images, addons=addons, charts=charts)


def _spec(plan: Plan) -> KubernetesSpec:
    assert plan.errors == () and plan.kubernetes is not None
    spec = plan.kubernetes
    canary = spec.canary
    if canary is not None:
        spec = replace(spec, canary=replace(canary, workload=_built(canary.workload, canary.build)))
    return replace(spec, workload=_built(spec.workload, spec.build))


def _built(workload: WorkloadSpec, build: ImageBuildSpec | None) -> WorkloadSpec:
    return replace(workload, image=f"{build.repository}@{DIGEST}") if build else workload
