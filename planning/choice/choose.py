"""From a model and a wish to ranked candidates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.assemble import assemble
from planning.choice.candidate import Candidate, Choice
from planning.choice.engines import target_problems
from planning.choice.judge import Judge
from planning.choice.rank import rank, recommended
from planning.choice.space import Point, points, points_over_nodes
from planning.choice.wanted import Wanted
from planning.compatibility import Deployment, compatibility_problems
from planning.problems import Problem

MENDED_BY_HARDWARE = frozenset(
    {
        "weights-too-large",
        "context-too-long",
        "concurrency-too-high",
        "gpus-too-few",
        "host-memory-too-small",
    }
)
"""Errors that more or larger nodes would mend."""


def candidates(
    model: Architecture, wanted: Wanted, catalog: Catalog, today: datetime.date
) -> Choice:
    """Ranked; without ways out. Several nodes only where they are wanted, or one is too few."""
    judge = Judge(model, wanted, catalog, today)

    def judged(some: Iterable[Point]) -> list[tuple[Candidate, Decimal | None]]:
        return [assemble(model, wanted, judge(point), catalog) for point in some]

    found = judged(points(model, wanted, catalog, today))
    if _one_node_is_too_few(one for one, _ in found):
        found += judged(points_over_nodes(model, wanted, catalog, today))
    found.sort(key=lambda one: rank(*one))
    best = next((one for one, listed in found if recommended(one, wanted, listed)), None)
    return Choice(
        candidates=tuple(one for one, _ in found),
        best=best,
        problems=tuple(_nothing_chosen(wanted, catalog, today, found)) if best is None else (),
    )


def _one_node_is_too_few(found: Iterable[Candidate]) -> bool:
    some = list(found)
    if any(one.fits for one in some):
        return False
    codes = {problem.code for one in some for problem in one.problems}
    return not codes.isdisjoint(MENDED_BY_HARDWARE)


def _nothing_chosen(
    wanted: Wanted,
    catalog: Catalog,
    today: datetime.date,
    found: list[tuple[Candidate, Decimal | None]],
) -> Iterator[Problem]:
    """What is wrong beside the candidates' own problems."""
    yield from target_problems(wanted)
    if found and any(one.fits for one, _ in found):
        yield Problem(
            path="slipway:pools[0].instanceType",
            code="nothing-priced",
            got=f"no instance type to choose from with a known price in {wanted.region}",
            allowed="a region with known prices, or a type that is named",
            fixes=("name one", "refresh the prices for that region"),
        )
    if not found:
        yield from _unknown_names(wanted, catalog, today)


def _unknown_names(wanted: Wanted, catalog: Catalog, today: datetime.date) -> Iterator[Problem]:
    """Nothing could be tried: a name that no row has, or names that exclude each other."""
    named = Deployment(
        engine=wanted.engine_version or next(iter(catalog.engine_versions)),
        backend=wanted.backend,
        gpu=wanted.gpu,
        instance=wanted.instance,
        hf_hardware=wanted.hf_hardware,
    )
    unknown = [
        problem
        for problem in compatibility_problems(replace(named, backend=None), catalog, today)
        if problem.code == "unknown-to-catalog"
    ]
    yield from unknown
    if not unknown and not list(target_problems(wanted)):
        asked = [
            f"{name} {value}"
            for name, value in (
                ("engine", wanted.engine),
                ("version", wanted.engine_version),
                ("backend", wanted.backend),
                ("quantization", wanted.quantization),
                ("GPU", wanted.gpu),
                ("endpoint vendor", wanted.hf_vendor),
            )
            if value is not None
        ]
        yield Problem(
            path="slipway:engine",
            code="nothing-to-try",
            got=f"{', '.join(asked) or 'nothing named'} on {wanted.target}",
            allowed="names that go together: no row of the catalog has all of these",
            fixes=("leave one of them out",),
        )
