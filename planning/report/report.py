"""A plan as a report: a headline, key figures, and sections that every form shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from planning.catalog import Catalog
from planning.explain import explain
from planning.page.table import Section
from planning.plan import Plan
from planning.problems import Problem, SettingsError
from planning.report.build import plan_document
from planning.report.headline import key_figures, sentence
from planning.report.sections.arithmetic import arithmetic_section
from planning.report.sections.assumptions import assumptions_section
from planning.report.sections.candidates import candidates_section
from planning.report.sections.cost import cost_section
from planning.report.sections.eks import eks_section
from planning.report.sections.memory import memory_section
from planning.report.sections.problems import problems_section
from planning.report.sections.start import start_section
from planning.report.sections.whatif import what_if_section
from planning.whatif import WhatIf

Verdict = Literal["good", "warned", "refused"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What Markdown and the page are written from."""

    title: str
    origin: str
    """The stack file."""
    date: datetime.date
    verdict: Verdict
    sentence: str
    """The plan in one sentence."""
    figures: tuple[tuple[str, str, str], ...]
    """Name, value and a remark of the main figures."""
    sections: tuple[Section, ...]


def report_of(
    plan: Plan, what_ifs: Sequence[WhatIf], catalog: Catalog, today: datetime.date
) -> Report:
    """The same arguments give an equal report."""
    document = plan_document(plan)
    return Report(
        title=f"{plan.settings.target} plan of stack {plan.stack}",
        origin=plan.settings.origin,
        date=today,
        verdict=_verdict(plan.problems),
        sentence=sentence(document),
        figures=tuple(key_figures(document)),
        sections=tuple(
            section
            for section in (
                problems_section(plan.problems),
                *_of_placed(plan),
                what_if_section(plan, what_ifs),
                eks_section(document),
                cost_section(document),
                assumptions_section(plan, catalog, today),
                arithmetic_section(explain(plan, catalog)),
            )
            if section is not None
        ),
    )


def refusal_report(error: SettingsError, *, stack: str, today: datetime.date) -> Report:
    """Of a stack file that cannot be planned."""
    return Report(
        title=f"no plan of stack {stack}",
        origin=error.origin,
        date=today,
        verdict="refused",
        sentence="The stack file cannot be planned: see the problems.",
        figures=(),
        sections=(problems_section(error.problems),),
    )


def _of_placed(plan: Plan) -> Iterator[Section | None]:
    yield memory_section(plan)
    if plan.placed is not None:
        yield candidates_section(plan.placed)
        if plan.placed.cold_start is not None:
            yield start_section(plan.placed.cold_start)


def _verdict(problems: Sequence[Problem]) -> Verdict:
    severities = {problem.severity for problem in problems}
    if "error" in severities:
        return "refused"
    return "warned" if "warning" in severities else "good"
