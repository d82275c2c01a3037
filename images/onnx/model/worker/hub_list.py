"""List the files of one commit that a conversion reads, with sizes and hashes."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.folder import PICKLES, refused_pickle
from images.onnx.model.worker.hub_errors import explained, token
from images.onnx.model.worker.protocol import serve


def list_files(arguments: dict[str, Any], _progress: Callable[[str], None]) -> dict[str, Any]:
    """`files`: name, size and either `sha256` (large files) or `git` (blob id) of each."""
    from huggingface_hub import HfApi

    repository, revision = arguments["repository"], arguments["revision"]
    with explained(repository, revision):
        info: Any = HfApi(token=token()).model_info(
            repository, revision=revision, files_metadata=True
        )
    names = [sibling.rfilename for sibling in info.siblings]
    wanted = [s for s in info.siblings if _is_wanted(s.rfilename, arguments["patterns"])]
    if not any(sibling.rfilename.endswith(".safetensors") for sibling in wanted):
        pickled = [name for name in names if PurePosixPath(name).suffix in PICKLES]
        if pickled:
            raise refused_pickle(f"{repository}/{pickled[0]}")
        raise ModelBuildError(
            f"{repository} at {revision} holds no *.safetensors",
            "name a repository with safetensors weights",
        )
    return {"files": [_facts(sibling) for sibling in wanted]}


def _is_wanted(name: str, patterns: list[str]) -> bool:
    return "/" not in name and any(fnmatch(name, pattern) for pattern in patterns)


def _facts(sibling: Any) -> dict[str, Any]:
    digest = {"sha256": sibling.lfs.sha256} if sibling.lfs else {"git": sibling.blob_id}
    return {"name": sibling.rfilename, "size": sibling.size, **digest}


if __name__ == "__main__":
    serve(list_files)
