"""A page as one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planning.page.page import Page

_FOLDER = Path(__file__).parent
WIDTHS = {"wide": 860, "narrow": 300}
"""Pixels that pictures are drawn for: a page, and a phone."""


def html_of(page: Page) -> str:
    """No script, no network; what the page says is escaped, pictures escape it themselves."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    template = environment.from_string((_FOLDER / "page.html.j2").read_text(encoding="utf-8"))
    style = (_FOLDER / "page.css").read_text(encoding="utf-8")
    return template.render(page=page, widths=WIDTHS, style=style) + "\n"
