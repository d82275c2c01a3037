"""Fetch listed files of one commit; those that an interrupted run finished are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.folder import refuse_remote_code
from images.onnx.model.hashing import sha256_file
from images.onnx.model.worker.hub_errors import explained, token
from images.onnx.model.worker.protocol import serve


def fetch(arguments: dict[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """Put the files into `arguments["folder"]`, each with the hash that the hub states."""
    from huggingface_hub import hf_hub_download

    repository, revision = arguments["repository"], arguments["revision"]
    folder = Path(arguments["folder"])
    # The client gives every attempt a name of its own and never reads another one's piece.
    for piece in folder.rglob("*.incomplete"):
        piece.unlink()
    # Configuration first: what it forbids is known before gigabytes are fetched.
    files = sorted(arguments["files"], key=lambda f: (not f["name"].endswith(".json"), f["size"]))
    for number, file in enumerate(files, 1):
        if not file["name"].endswith(".json"):
            refuse_remote_code(folder)
            progress(f"fetching {file['name']} ({number} of {len(files)})")
        with explained(repository, revision):
            hf_hub_download(
                repository, file["name"], revision=revision, local_dir=folder, token=token()
            )
        _verify(folder / file["name"], file)
    return {}


def _verify(path: Path, file: dict[str, Any]) -> None:
    if "sha256" in file:
        actual, stated = sha256_file(path), file["sha256"]
    else:
        content = path.read_bytes()
        blob = b"blob %d\0" % len(content) + content
        actual, stated = hashlib.sha1(blob, usedforsecurity=False).hexdigest(), file["git"]
    if actual != stated:
        path.unlink()
        raise ModelBuildError(
            f"{path.name} has the hash {actual}, but the hub states {stated}",
            "the download was damaged or changed on its way; it is removed, so run again",
        )


if __name__ == "__main__":
    serve(fetch)
