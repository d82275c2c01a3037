"""Putting the process's memory in order once the model is loaded. Linux and glibc; else nothing."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

_MADV_COLLAPSE = 25
_WORTH_BYTES = 2**21
_SMAPS = Path("/proc/self/smaps")


def settle_memory() -> None:
    """Return what loading freed, and move the weights to huge pages.

    Loading frees as much as it keeps, which glibc would hold on to for good. A decode step reads
    all weights: on huge pages, without most of the TLB misses, it is about a tenth faster.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None)
    trim = getattr(libc, "malloc_trim", None)
    if trim is not None:
        trim(0)
    for start, size in _dense_regions():
        # Best effort: older kernels and full memory refuse, and all works as before.
        libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_COLLAPSE)


def _dense_regions() -> Iterator[tuple[int, int]]:
    """Start and size of private anonymous memory that is mostly in use.

    Sparse regions are left alone: a huge page under the KV cache would take memory that no
    token needs yet.
    """
    if not _SMAPS.exists():
        return
    start = size = 0
    for line in _SMAPS.read_text().splitlines():
        fields = line.split()
        if not fields[0].endswith(":"):
            first, last = (int(address, 16) for address in fields[0].split("-"))
            private = fields[1] == "rw-p" and fields[4] == "0"
            start, size = first, (last - first if private else 0)
        elif fields[0] == "Rss:" and size >= _WORTH_BYTES:
            resident = int(fields[1]) * 1024
            if resident * 2 > size:
                yield start, size
