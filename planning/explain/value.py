"""What an explanation looks at, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows import Row
from planning.choice import Candidate
from planning.coldstart import ColdStart
from planning.expected import Expected
from planning.plan import Plan
from planning.report.document import PlanDocument

Result = float | tuple[float, float, float] | None
"""A figure, or low, expected and high; None: there is none, and the lines say why."""


@dataclass(frozen=True, kw_only=True)
class About:
    """A plan with all that its figures come from."""

    plan: Plan
    document: PlanDocument
    catalog: Catalog

    @property
    def model(self) -> Architecture:
        assert self.plan.architecture is not None
        return self.plan.architecture

    @property
    def decided(self) -> bool:
        """Whether a deployment on nodes or an endpoint is chosen."""
        return self.plan.placed is not None and self.plan.placed.chosen is not None

    @property
    def chosen(self) -> Candidate:
        assert self.plan.placed is not None and self.plan.placed.chosen is not None
        return self.plan.placed.chosen

    @property
    def expected(self) -> Expected | None:
        """What runs on average; None where nothing is chosen."""
        return self.plan.placed.expected if self.plan.placed else None

    @property
    def start(self) -> ColdStart:
        assert self.plan.placed is not None and self.plan.placed.cold_start is not None
        return self.plan.placed.cold_start


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """How one figure comes about."""

    lines: tuple[str, ...]
    """With the numbers that are put together."""
    result: Result
    """What they come to: the figure itself, computed again."""
    sources: tuple[str, ...] = ()
    """Of the numbers, with dates."""


Explainer = Callable[[About, int], Arithmetic]
"""The second argument is the place in the innermost list, 0 without one."""
Figures = Mapping[str, Explainer]
"""By path in the plan's JSON, `[]` for any place in a list."""


def because(*lines: str, result: Result, sources: tuple[str, ...] = ()) -> Arithmetic:
    return Arithmetic(lines=lines, result=result, sources=sources)


def cited(table: str, row: Row[Any]) -> str:
    """A catalog row as a source."""
    return f"{table} {row.id}: {row.source} ({row.date})"


def of_model(about: About) -> tuple[str, ...]:
    """Where the model's shape comes from."""
    known, model = about.plan.known, about.plan.settings.models[0]
    if model.config:
        return (f"config.json of the model: {model.config}",)
    return (cited("model", known),) if known else ("config.json of the model",)


def many(count: int, noun: str) -> str:
    """`1 node`, `2 nodes`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
