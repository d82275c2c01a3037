"""A model's files on disk to its architecture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from planning.architecture.problem import refused
from planning.architecture.read import read_architecture
from planning.architecture.safetensors import read_json, stored_bytes
from planning.architecture.value import Architecture

# NVIDIA's ModelOpt writes how weights are quantised into a file of its own.
_MODELOPT = "hf_quant_config.json"


def read_model_files(config: Path) -> Architecture:
    """`config.json`, with what stands beside it: the safetensors index or header, and
    `hf_quant_config.json`. Raises ArchitectureError."""
    values = read_json(config)
    beside = config.parent / _MODELOPT
    if "quantization_config" not in values and beside.is_file():
        values = {**values, "quantization_config": _modelopt(read_json(beside))}
    architecture = read_architecture(values)
    size = stored_bytes(config.parent)
    # The checkpoint's own sum has all its parts in it, those that are not understood too.
    uncounted = architecture.uncounted if size is None else ()
    return replace(architecture, stored_bytes=size, uncounted=uncounted)


def _modelopt(values: Mapping[str, object]) -> Mapping[str, object]:
    section = values.get("quantization")
    if not isinstance(section, dict):
        raise refused(_MODELOPT, "config-key-missing", "nothing", "a section quantization")
    return {"quant_method": "modelopt", **cast("dict[str, object]", section)}
