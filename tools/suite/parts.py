"""The parts of the test suite, in the order that finds mistakes soonest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tools.suite.needs import browser, cluster, linux_x86_64, own_cluster, promtool

_MINUTE = 60


@dataclass(frozen=True)
class Part:
    name: str
    """Also the folder under `tests/`."""
    workers: int
    """1 where tests would fight for the machine, or share what takes long to start: engines,
    gateways, browsers, a model."""
    limit_seconds: int
    """A part that takes longer hangs: it is ended and counts as failed."""
    needs: Callable[[], str | None] | None = None
    """Why the part cannot run on this machine, or None."""
    by_file: bool = False
    """All tests of a file are one worker's: they share what takes long to make."""
    of_processes: bool = False
    """Its tests watch real processes on this machine's clock, which others share."""


PARTS = (
    Part("unit", workers=2, limit_seconds=5 * _MINUTE),
    Part("golden", workers=2, limit_seconds=5 * _MINUTE),
    Part("graph", workers=2, limit_seconds=5 * _MINUTE),
    Part("load", workers=2, limit_seconds=5 * _MINUTE, of_processes=True),
    Part("alerts", workers=2, limit_seconds=5 * _MINUTE, needs=promtool),
    Part("server", workers=2, limit_seconds=10 * _MINUTE, needs=linux_x86_64, of_processes=True),
    Part("gateway", workers=2, limit_seconds=10 * _MINUTE, needs=linux_x86_64, of_processes=True),
    Part("model", workers=2, limit_seconds=15 * _MINUTE, needs=linux_x86_64),
    Part("contract", workers=1, limit_seconds=15 * _MINUTE, needs=linux_x86_64),
    Part("engine", workers=1, limit_seconds=20 * _MINUTE, needs=linux_x86_64, of_processes=True),
    Part("hf", workers=2, limit_seconds=15 * _MINUTE, needs=linux_x86_64, of_processes=True),
    Part("eks", workers=2, limit_seconds=15 * _MINUTE, needs=linux_x86_64, of_processes=True),
    Part("policies", workers=2, limit_seconds=5 * _MINUTE, needs=linux_x86_64, by_file=True),
    Part("template", workers=1, limit_seconds=5 * _MINUTE, of_processes=True),
    Part("lifecycle", workers=1, limit_seconds=10 * _MINUTE, needs=own_cluster, of_processes=True),
    Part(
        "cluster",
        workers=3,
        limit_seconds=25 * _MINUTE,
        needs=cluster,
        by_file=True,
        of_processes=True,
    ),
    Part("browser", workers=1, limit_seconds=10 * _MINUTE, needs=browser, of_processes=True),
)
LONG_MINUTES = 180
"""Of `make chaos`: its sweep of kills on AWS alone is 405 killed runs."""


def arguments(part: Part) -> list[str]:
    """pytest's, for the tests of the part."""
    found = [f"tests/{part.name}"]
    if part.workers > 1:
        found += ["-n", str(part.workers)]
    if part.by_file:
        # In the order of collection: a part puts its longest files first.
        found += ["--dist", "loadfile", "--no-loadscope-reorder"]
    return found
