"""A fresh process of the project's own Python, with its byte code cached."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.environments import keeping_byte_code
from benchmarks.machine import ROOT


def fresh_python(*arguments: str) -> tuple[float, str]:
    """Wall seconds of the whole process, and what it printed."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=keeping_byte_code(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return time.perf_counter() - begun, done.stdout
