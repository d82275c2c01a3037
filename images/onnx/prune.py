"""`python3 prune.py FOLDER`: remove what a server never reads from installed packages."""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path

_FOLDERS = (
    "*/tests",
    "*/*/tests",
    "numpy/_pyinstaller",
    "numpy/distutils",
    "numpy/f2py",
    "numpy/fft",
    "numpy/ma",
    "numpy/polynomial",
    "numpy/testing",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "bin",
)
# The runtime once more, for programs in C: Python's module has it built in.
_FILES = (
    *("libonnxruntime.so*", "_core/_simd.*.so", "_core/*_tests.*.so"),
    *("*.pyi", "*.pyx", "*.pxd", "*.h", "*.c", "*.a"),
)
_ELF_64 = b"\x7fELF\x02\x01"


def main() -> None:
    root = Path(sys.argv[1])
    for pattern in _FOLDERS:
        for folder in root.glob(pattern):
            shutil.rmtree(folder)
    for pattern in _FILES:
        for file in root.rglob(pattern):
            file.unlink()
    for library in root.rglob("*.so*"):
        _strip(library)


def _strip(library: Path) -> None:
    """Without what follows its segments: symbols for debuggers, which no loader reads.

    Some wheels bring ten megabytes of them, and the base has no binutils.
    """
    content = bytearray(library.read_bytes())
    if not content.startswith(_ELF_64):
        return
    (table,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    end = table + size * count
    for number in range(count):
        offset, *_, length = struct.unpack_from("<QQQQ", content, table + size * number + 8)
        end = max(end, offset + length)
    struct.pack_into("<Q", content, 40, 0)  # no section table,
    struct.pack_into("<HH", content, 60, 0, 0)  # of no sections
    library.write_bytes(content[:end])


if __name__ == "__main__":
    main()
