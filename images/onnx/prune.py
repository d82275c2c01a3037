"""`python3 prune.py FOLDER`: remove what a server never imports from installed packages."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_FOLDERS = (
    "*/tests",
    "*/*/tests",
    "numpy/f2py",
    "numpy/distutils",
    "numpy/_pyinstaller",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "bin",
)
_FILES = ("*.pyi", "*.pyx", "*.pxd", "*.h", "*.c", "*.a")


def main() -> None:
    root = Path(sys.argv[1])
    for pattern in _FOLDERS:
        for folder in root.glob(pattern):
            shutil.rmtree(folder)
    for pattern in _FILES:
        for file in root.rglob(pattern):
            file.unlink()


if __name__ == "__main__":
    main()
