"""What an image installs and is made of: a group of uv.lock, in the two forms that others read."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT

_HEAD = (
    "# Written by `python -m tools.images` from the group `server` of uv.lock.\n"
    "# Without what tokenizers and onnxruntime ask for, and the server never imports.\n"
)
_UNUSED = ("huggingface-hub", "flatbuffers", "packaging", "protobuf")


def requirements() -> str:
    """Of the ONNX server, for `pip install --require-hashes --no-deps`."""
    return _HEAD + _export("requirements-txt", "--no-header", "--no-annotate")


def sbom() -> str:
    """CycloneDX 1.5 of the same, for wherever the files came from; the base image has its own."""
    document: dict[str, Any] = json.loads(_export("cyclonedx1.5"))
    del document["serialNumber"], document["metadata"]["timestamp"]  # else no two would be equal
    for component in document["components"]:
        component.pop("externalReferences", None)  # addresses of an index; hashes are locked too
    return json.dumps(document, indent=1) + "\n"


def _export(form: str, *options: str) -> str:
    exported = subprocess.run(
        [
            *("uv", "export", "--quiet", "--frozen", "--offline", "--format", form),
            *("--only-group", "server", *options),
            *(word for name in _UNUSED for word in ("--prune", name)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if exported.returncode != 0:
        raise ToolError(f"uv export: {exported.stderr.strip()}")
    return exported.stdout
