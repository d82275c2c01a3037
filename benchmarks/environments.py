"""Environments of processes: the peers' (made once from the lock, in the cache) and our own."""

from __future__ import annotations

import os
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


def keeping_byte_code() -> dict[str, str]:
    """This process's variables, but Python keeps byte code, as it does unless told otherwise.

    Machines for tests often forbid it, and every start would then compile the program anew.
    """
    return {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
