"""Read the header of a GGUF file: is it one, is it whole, how large is the model?"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from images.onnx.model.errors import ModelBuildError

_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9


@dataclass(frozen=True)
class GgufHeader:
    """Facts that a plan of the conversion needs."""

    architecture: str
    weights: int
    """Number of parameters."""


def read_gguf(path: Path) -> GgufHeader:
    """The header; raises ModelBuildError when the file is not a readable GGUF file."""
    try:
        with path.open("rb") as file:
            magic, version, tensors, pairs = struct.unpack("<4sIQQ", file.read(24))
            if magic != b"GGUF" or version not in (2, 3):
                raise ValueError(f"it starts with {magic!r}, version {version}")
            values = [_pair(file) for _ in range(pairs)]
            weights = sum(_tensor(file) for _ in range(tensors))
    except (ValueError, struct.error, KeyError, MemoryError) as error:
        raise ModelBuildError(
            f"{path} is not a whole GGUF file ({error})",
            "fetch it again, or name a GGUF file, a folder with safetensors or an ONNX folder",
        ) from error
    names = dict(values)
    return GgufHeader(str(names.get("general.architecture", "unknown")), weights)


def _pair(file: BinaryIO) -> tuple[str, object]:
    name = _string(file)
    (kind,) = struct.unpack("<I", file.read(4))
    return name, _value(file, kind)


def _value(file: BinaryIO, kind: int) -> object:
    if kind == _STRING:
        return _string(file)
    if kind == _ARRAY:
        inner, count = struct.unpack("<IQ", file.read(12))
        if inner in _SCALARS:
            file.seek(struct.calcsize("<" + _SCALARS[inner]) * count, 1)
        else:
            for _ in range(count):
                _value(file, inner)
        return None
    form = "<" + _SCALARS[kind]
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _tensor(file: BinaryIO) -> int:
    _string(file)
    (dimensions,) = struct.unpack("<I", file.read(4))
    shape = struct.unpack(f"<{dimensions}Q", file.read(8 * dimensions))
    file.read(12)
    return math.prod(shape)


def _string(file: BinaryIO) -> str:
    (length,) = struct.unpack("<Q", file.read(8))
    if length > 2**26:
        raise ValueError(f"a text of {length} bytes")
    return file.read(length).decode("utf-8", "replace")
