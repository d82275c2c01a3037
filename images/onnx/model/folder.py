"""What a model folder holds, and what is refused in it."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path

from images.onnx.model.errors import ModelBuildError

PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".ckpt"})
"""Formats whose loading runs code that the file carries."""
WANTED = ("*.safetensors", "*.json", "*.model", "*.jinja", "merges.txt", "vocab.txt")
"""What a conversion reads."""


def is_genai_folder(path: Path) -> bool:
    """Whether it is an ONNX model that the onnxruntime-genai model builder wrote."""
    return (path / "genai_config.json").is_file()


def genai_files(path: Path) -> list[str]:
    """Files of a ready-made ONNX folder; raises ModelBuildError when one is missing."""
    try:
        config = json.loads((path / "genai_config.json").read_text(encoding="utf-8"))
        graph = str(config["model"]["decoder"]["filename"])
    except (ValueError, KeyError, TypeError) as error:
        raise ModelBuildError(
            f"{path}/genai_config.json names no decoder file ({error!r})",
            "convert the model with the onnxruntime-genai model builder",
        ) from error
    if graph != "model.onnx":
        raise ModelBuildError(
            f"{path}/genai_config.json names the decoder {graph!r}",
            "rename it to model.onnx there and on disk",
        )
    missing = [name for name in (graph, "tokenizer.json") if not (path / name).is_file()]
    if missing:
        raise ModelBuildError(
            f"{path} has no {' and no '.join(missing)}",
            "copy the whole folder of the model builder",
        )
    refuse_remote_code(path)
    patterns = ("model.onnx*", "*.json", "*.jinja")
    return sorted({p.name for pattern in patterns for p in path.glob(pattern) if p.is_file()})


def safetensors_files(path: Path) -> list[str]:
    """Files of a safetensors folder that a conversion reads.

    Raises ModelBuildError for pickle weights, remote code, or a folder that is no model.
    """
    names = sorted({p.name for pattern in WANTED for p in path.glob(pattern) if p.is_file()})
    if not any(name.endswith(".safetensors") for name in names):
        pickled = sorted(p.name for p in path.iterdir() if p.suffix in PICKLES)
        if pickled:
            raise refused_pickle(f"{path}/{pickled[0]}")
        raise ModelBuildError(
            f"{path} holds no model: neither *.safetensors nor genai_config.json",
            "name a GGUF file, a folder with safetensors, or an onnxruntime-genai folder",
        )
    if "config.json" not in names:
        raise ModelBuildError(f"{path} has no config.json", "copy the whole model folder")
    refuse_remote_code(path)
    return names


def refuse_remote_code(path: Path) -> None:
    """Raise ModelBuildError where a config asks for Python code of the model's author."""
    for config in path.glob("*.json"):
        if config.name.startswith("tokenizer.") or config.stat().st_size > 2**24:
            continue
        try:
            content = json.loads(config.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ModelBuildError(f"{config} is not JSON ({error})", "fetch it again") from error
        if isinstance(content, dict) and "auto_map" in content:
            raise ModelBuildError(
                f"{config} asks to run Python code of the model's author (auto_map)",
                "choose a model that transformers knows by itself; remote code is never run",
            )


def refused_pickle(name: str) -> ModelBuildError:
    """The error for weights whose loading could run code."""
    return ModelBuildError(
        f"{name} is a pickle file, which can run code when it is loaded; it is refused",
        "name a revision or folder with *.safetensors; weights can be converted with "
        "https://huggingface.co/spaces/safetensors/convert",
    )


def safetensors_weights(path: Path, names: list[str]) -> int:
    """Number of parameters in the folder's safetensors files, from their headers."""
    return sum(_weights(path / name) for name in names if name.endswith(".safetensors"))


def _weights(path: Path) -> int:
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > 2**27:
                raise ValueError(f"a header of {length} bytes")
            header = json.loads(file.read(length))
        end = max(
            (t["data_offsets"][1] for n, t in header.items() if n != "__metadata__"), default=0
        )
        if path.stat().st_size != 8 + length + end:
            raise ValueError(f"{path.stat().st_size} bytes instead of {8 + length + end}")
    except (ValueError, struct.error, KeyError) as error:
        raise ModelBuildError(
            f"{path} is not a whole safetensors file ({error})", "fetch it again"
        ) from error
    return sum(math.prod(t["shape"]) for n, t in header.items() if n != "__metadata__")
