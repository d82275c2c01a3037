"""A report as one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planning.report.report import Report

_FOLDER = Path(__file__).parent / "page"
WIDTHS = {"wide": 860, "narrow": 300}
"""Pixels that pictures are drawn for: a page, and a phone."""


def html(report: Report) -> str:
    """No script, no network; what the report says is escaped, pictures escape it themselves."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    template = environment.from_string((_FOLDER / "report.html.j2").read_text(encoding="utf-8"))
    style = (_FOLDER / "report.css").read_text(encoding="utf-8")
    return template.render(report=report, widths=WIDTHS, style=style) + "\n"
