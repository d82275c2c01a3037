"""What an image installs: a group of uv.lock, with hashes."""

from __future__ import annotations

import subprocess

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT

_HEAD = (
    "# Written by `python -m tools.images` from the group `server` of uv.lock.\n"
    "# Without huggingface-hub, which tokenizers asks for and the server never imports.\n"
)


def requirements() -> str:
    """Of the ONNX server, for `pip install --require-hashes --no-deps`."""
    exported = subprocess.run(
        [
            *("uv", "export", "--quiet", "--frozen", "--offline", "--no-header", "--no-annotate"),
            *("--only-group", "server", "--prune", "huggingface-hub"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if exported.returncode != 0:
        raise ToolError(f"uv export: {exported.stderr.strip()}")
    return _HEAD + exported.stdout
