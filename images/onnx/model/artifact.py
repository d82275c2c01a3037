"""A finished artefact folder and its manifest, `slipway.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from images.onnx.model.hashing import sha256_file

MANIFEST = "slipway.json"
REFERENCE = "reference.json"


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """The artefact against the unquantised source, on the fixed prompts."""

    prompts: int
    predictions: int
    top1_agreement: float
    perplexity: float
    reference_perplexity: float

    @property
    def perplexity_ratio(self) -> float:
        """1 means as good as the source."""
        return self.perplexity / self.reference_perplexity


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """What an engine serves."""

    path: Path
    digest: str
    source: str
    quantization: str
    device: str
    size_bytes: int
    accuracy: Accuracy | None
    """None where there is no unquantised source: not measured."""
    cached: bool
    """Whether it was there already."""


def write_manifest(folder: Path, facts: dict[str, object], accuracy: Accuracy | None) -> None:
    """Describe the files of `folder` (size, sha256) and where they come from."""
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": sha256_file(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    manifest = {
        **facts,
        "accuracy": {
            "figures": asdict(accuracy) if accuracy else None,
            "note": "against the unquantised source, transformers in fp32"
            if accuracy
            else "not measured: the source is a finished ONNX model",
        },
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def open_artifact(folder: Path, *, cached: bool) -> Artifact | None:
    """The artefact in `folder`; None when it is absent or a file is missing or cut short."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sizes = {name: facts["bytes"] for name, facts in manifest["files"].items()}
        if any((folder / name).stat().st_size != size for name, size in sizes.items()):
            return None
        measured = manifest["accuracy"]
        return Artifact(
            path=folder,
            digest=manifest["digest"],
            source=manifest["source"],
            quantization=manifest["quantization"],
            device=manifest["device"],
            size_bytes=sum(sizes.values()),
            accuracy=Accuracy(**measured["figures"]) if measured["figures"] else None,
            cached=cached,
        )
    except (OSError, ValueError, KeyError):
        return None
