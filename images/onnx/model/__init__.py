"""Turn a model source into a checked ONNX artefact, once per content.

Public: `build(request, progress)`. This process needs only the standard library and the `uv`
program; torch and everything else that converts live in an environment of their own.
"""

from images.onnx.model.artifact import Accuracy, Artifact
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.pipeline import build
from images.onnx.model.request import BuildRequest, Progress

__all__ = ["Accuracy", "Artifact", "BuildRequest", "ModelBuildError", "Progress", "build"]
