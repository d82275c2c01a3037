"""All combinations, judged and ranked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.assemble import assemble
from planning.choice.candidate import Candidate
from planning.choice.judge import Judge
from planning.choice.rank import rank, recommended
from planning.choice.space import Point, points, points_over_nodes
from planning.choice.wanted import Wanted
from planning.problems import errors_of

MENDED_BY_HARDWARE = frozenset(
    {
        "weights-too-large",
        "context-too-long",
        "concurrency-too-high",
        "gpus-too-few",
        "host-memory-too-small",
        "repository-too-large",
    }
)
"""Errors that more or larger nodes would mend."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A candidate, and whether it may be chosen unasked."""

    candidate: Candidate
    recommended: bool


def ranked(
    model: Architecture, wanted: Wanted, catalog: Catalog, today: datetime.date
) -> tuple[Ranked, ...]:
    """The best first. Several nodes only where they are wanted, or one is too few."""
    judge = Judge(model, wanted, catalog, today)

    def assembled(some: Iterable[Point]) -> list[tuple[tuple[object, ...], Ranked]]:
        made = (assemble(model, wanted, judge(point), catalog) for point in some)
        return [
            (
                rank(one, wanted, listed),
                Ranked(candidate=one, recommended=recommended(one, wanted, listed)),
            )
            for one, listed in made
        ]

    found = assembled(points(model, wanted, catalog, today))
    if _one_node_is_too_few([one.candidate for _, one in found]):
        found += assembled(points_over_nodes(model, wanted, catalog, today))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _one_node_is_too_few(found: list[Candidate]) -> bool:
    if any(one.fits for one in found):
        return False
    return any(
        all(problem.code in MENDED_BY_HARDWARE for problem in errors_of(one.problems))
        for one in found
    )
