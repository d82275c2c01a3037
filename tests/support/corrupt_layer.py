"""Damage the weights of one decoder layer in an artefact's data file.

A program for the conversion environment, which has the `onnx` library:
`python corrupt_layer.py <artefact folder> <layer>`. It prints the number of bytes changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import onnx


def corrupt(folder: Path, layer: int) -> int:
    """Reverse the quantised weights of the layer's feed-forward part; its scales stay right."""
    graph: Any = onnx.load(str(folder / "model.onnx"), load_external_data=False)
    changed = 0
    with (folder / "model.onnx.data").open("r+b") as data:
        for tensor in graph.graph.initializer:
            if not (tensor.name.startswith(f"model.layers.{layer}.mlp.") and "_Q" in tensor.name):
                continue
            place = {entry.key: entry.value for entry in tensor.external_data}
            data.seek(int(place["offset"]))
            content = data.read(int(place["length"]))
            data.seek(int(place["offset"]))
            data.write(content[::-1])
            changed += len(content)
    return changed


if __name__ == "__main__":
    print(corrupt(Path(sys.argv[1]), int(sys.argv[2])))
