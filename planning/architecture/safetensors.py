"""Sizes from safetensors files' own words: the header of one file, the index of several."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from planning.architecture.problem import refused

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
# The format's own limit on the header, https://github.com/huggingface/safetensors#format.
_LARGEST_HEADER = 100_000_000


def stored_bytes(folder: Path) -> int | None:
    """Bytes of all tensors of the checkpoint in this folder; None where it has none.

    `model.safetensors` may be cut off after its header: nothing else of it is read.
    """
    if (folder / INDEX).is_file():
        return index_bytes(read_json(folder / INDEX))
    return header_bytes(folder / SINGLE) if (folder / SINGLE).is_file() else None


def index_bytes(index: Mapping[str, object]) -> int:
    """`metadata.total_size` of an index."""
    metadata = index.get("metadata")
    size = cast("dict[str, Any]", metadata).get("total_size") if metadata else None
    if type(size) is not int or size <= 0:
        raise _broken(INDEX, "metadata.total_size above 0")
    return size


def header_bytes(file: Path) -> int:
    """Sum over the tensors that a file's header lists."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 0 < length <= _LARGEST_HEADER:
            raise _broken(file.name, "a header of at most 100 MB after 8 bytes of its length")
        text = stream.read(length)
    try:
        header = cast("dict[str, Any]", json.loads(text))
        tensors = [header[name]["data_offsets"] for name in header if name != "__metadata__"]
        return sum(end - start for start, end in tensors)
    except (ValueError, TypeError, KeyError) as error:
        raise _broken(file.name, "tensors with data_offsets") from error


def read_json(file: Path) -> Mapping[str, object]:
    """Raises ArchitectureError for a file that is absent or holds no JSON object."""
    try:
        value: object = json.loads(file.read_bytes())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refused(
            str(file), "unreadable", reason, "a readable JSON file", "name an existing file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _broken(file.name, "JSON") from error
    if not isinstance(value, dict):
        raise _broken(file.name, "a JSON object with keys")
    return cast("dict[str, object]", value)


def _broken(name: str, allowed: str) -> Exception:
    return refused(name, "unreadable", "something else", allowed, "download the file again")
