"""Peers' environments: made once from the lock, in the cache, never in the project's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.context import CannotMeasureError
from images.onnx.model import ModelBuildError
from images.onnx.model.environment import CONVERT, Environment, ensure_environment

GENAI = Environment("bench", "the benchmarks' environment", "onnxruntime-genai", 2**30)
TORCH = CONVERT


def peer_python(environment: Environment, progress: Callable[[str], None]) -> Path:
    """Interpreter of the peer's environment. Raises CannotMeasureError."""
    try:
        return ensure_environment(progress, environment)
    except ModelBuildError as error:
        raise CannotMeasureError(str(error)) from error
