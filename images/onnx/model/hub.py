"""Fetch a model repository at one commit; the hub's client runs in the conversion environment."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from images.onnx.model.environment import ensure_environment
from images.onnx.model.folder import WANTED
from images.onnx.model.locks import exclusive
from images.onnx.model.processes import run_worker
from images.onnx.model.request import Progress
from images.onnx.model.source import HubSource
from images.onnx.model.workspace import publish, require_free


def fetch_repository(source: HubSource, cache: Path, progress: Progress) -> Path:
    """Folder with the safetensors, configuration and tokenizer of the commit.

    After an interruption the files that were whole are kept. Raises ModelBuildError for a missing
    or gated repository, no network, a wrong hash, or a repository without safetensors.
    """
    name = f"hub-{source.repository.replace('/', '--')}-{source.revision}"
    target = cache / "sources" / name
    if (target / "source.json").exists():
        return target
    python = ensure_environment(progress)
    with exclusive(cache / "locks" / name, progress, f"fetching {source.repository}"):
        if (target / "source.json").exists():
            return target
        partial = cache / "sources" / f"{name}.partial"
        common = {"repository": source.repository, "revision": source.revision}
        log = cache / "logs" / f"{name}.log"
        listing = run_worker(
            python,
            "hub_list",
            {**common, "patterns": WANTED},
            log=log,
            progress=progress,
            label=f"asking the hub for {source.repository}",
            with_token=True,
        )
        size = sum(file["size"] for file in listing["files"])
        require_free(cache, size, f"the model {source.repository}")
        run_worker(
            python,
            "hub_fetch",
            {**common, "files": listing["files"], "folder": str(partial)},
            log=log,
            progress=progress,
            label=f"fetching {source.repository} ({size / 2**20:.0f} MiB)",
            with_token=True,
        )
        shutil.rmtree(partial / ".cache", ignore_errors=True)
        (partial / "source.json").write_text(json.dumps(common), encoding="utf-8")
        publish(partial, target)
    return target
