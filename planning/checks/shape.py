"""Rules: what the model's architecture allows, and what of it is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from planning.architecture import Architecture
from planning.checks.model import context_within
from planning.problems import Problem
from planning.settings import Settings


def context_fits_architecture(
    settings: Settings, architecture: Architecture | None
) -> Iterator[Problem]:
    """For a model known by its own config.json; catalog rows are checked with the settings."""
    if architecture is not None:
        name = f"this {architecture.model_type} model"
        yield from context_within("slipway:model", settings.models[0], architecture, name)


def architecture_is_known(
    settings: Settings, architecture: Architecture | None
) -> Iterator[Problem]:
    """Where GPUs are to be chosen for it."""
    model = settings.models[0]
    if architecture is None and model.config is None:
        yield Problem(
            path="slipway:model.source",
            code="architecture-unknown",
            got=f'"{model.source}", which the catalog does not know',
            allowed="a model of planning/catalog/models, or one with its config.json",
            fixes=("write model.config: the path of its config.json",),
        )


def every_part_is_counted(architecture: Architecture | None) -> Iterator[Problem]:
    if architecture is not None and architecture.uncounted:
        yield Problem(
            path="slipway:model",
            code="parts-uncounted",
            got=f"a model with {', '.join(architecture.uncounted)}, whose weights are not counted",
            allowed="text models, or the safetensors index beside config.json",
            fixes=("put model.safetensors.index.json beside the file that model.config names",),
            severity="warning",
        )
