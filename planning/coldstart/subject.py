"""A start as rules look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planning.catalog import Catalog
from planning.coldstart.case import StartCase
from planning.coldstart.value import ColdStart
from planning.coldstart.wishes import StartPaths, Wishes
from planning.problems import Problem


@dataclass(frozen=True)
class Subject:
    wishes: Wishes
    cold: ColdStart
    catalog: Catalog

    @property
    def case(self) -> StartCase:
        return self.cold.case

    @property
    def paths(self) -> StartPaths:
        return self.wishes.paths

    @property
    def on_cluster(self) -> bool:
        return self.case.target in ("kubernetes", "eks")

    def timing(self, name: str) -> float:
        return self.catalog.timings[name].value.seconds


Rule = Callable[[Subject], Iterable[Problem]]


def took(seconds: float) -> str:
    """Seconds in words, without a false exactness."""
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
