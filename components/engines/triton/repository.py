"""The model repository, as files."""

from __future__ import annotations

from collections.abc import Sequence

from components.engines.triton.model_config import model_config
from components.specs.container import FileSpec
from components.specs.triton import TritonModelSpec

ROOT = "/models"
_ENSEMBLE = {"README": "An ensemble has no files; Triton looks for the folder of a version.\n"}


def repository(models: Sequence[TritonModelSpec]) -> tuple[FileSpec, ...]:
    """`ROOT/<model>/config.pbtxt` and the files of its one version."""
    return tuple(file for model in models for file in _model(model))


def _model(model: TritonModelSpec) -> list[FileSpec]:
    folder = f"{ROOT}/{model.name}"
    files = _ENSEMBLE if model.backend == "ensemble" else model.files
    version = [FileSpec(path=f"{folder}/1/{name}", text=text) for name, text in files.items()]
    return [FileSpec(path=f"{folder}/config.pbtxt", text=model_config(model)), *version]
