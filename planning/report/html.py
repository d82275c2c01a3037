"""A report as a page."""

from __future__ import annotations

from planning.page.html import html_of
from planning.page.page import Page
from planning.report.report import Report

_JUDGEMENTS = {"good": "Good", "warned": "Good, with warnings", "refused": "Refused"}


def html(report: Report) -> str:
    return html_of(
        Page(
            title=report.title,
            eyebrow=f"{report.origin} · planned {report.date}",
            verdict=report.verdict,
            judgement=_JUDGEMENTS[report.verdict],
            sentence=report.sentence,
            figures=report.figures,
            sections=report.sections,
            footer="Predicted, not measured on this deployment, unless it says so. Figures without "
            "data are left out, never guessed.",
        )
    )
