"""Huge pages for what is in use, none for what is only reserved."""

from __future__ import annotations

import mmap
import sys
from pathlib import Path

import pytest

from images.onnx.server.memory import settle_memory

PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
MIB = 2**20


def resident_kib() -> int:
    with Path("/proc/self/smaps_rollup").open() as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Rss:"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_contents_stay_and_reserved_memory_stays_unused() -> None:
    filled = mmap.mmap(-1, 16 * MIB, flags=PRIVATE)
    filled.write(b"weights." * (16 * MIB // 8))
    reserved = mmap.mmap(-1, 512 * MIB, flags=PRIVATE)
    reserved.madvise(mmap.MADV_NOHUGEPAGE)
    reserved[0] = 1
    before = resident_kib()
    settle_memory()
    assert filled[:] == b"weights." * (16 * MIB // 8)
    assert resident_kib() - before < 100 * 1024, "the reserved 512 MiB must not become resident"
