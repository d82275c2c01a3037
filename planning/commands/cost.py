"""`cost`: what a month costs, of any Pulumi program's preview or of stack files."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planning.commands.cost_states import SourceError, States, of_assumptions, of_previews, of_stack

if TYPE_CHECKING:
    from planning.cost.report.document import CostDocument
    from planning.cost.report.several import SeveralStacks

HELP = "print what a month costs, of any Pulumi program's preview or of stack files"
OVER_BUDGET = 3
"""Exit status; the report is printed all the same."""


def arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--from-preview",
        type=Path,
        metavar="FILE",
        help="of any Pulumi program, by `pulumi preview --json --show-sames`",
    )
    source.add_argument(
        "--from-stack",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="stack files such as Pulumi.dev.yaml: no credentials, no engine",
    )
    parser.add_argument(
        "--base",
        nargs="+",
        default=[],
        metavar="FILE",
        help="to compare with: the preview of main; or for each stack file another one, or "
        "REVISION:FILE of git, or REVISION: alone for all of them",
    )
    parser.add_argument(
        "--format",
        choices=("terminal", "markdown", "json", "html"),
        default="terminal",
        help="of output",
    )
    parser.add_argument(
        "--explain", action="store_true", help="print the arithmetic and sources of every figure"
    )
    parser.add_argument(
        "--assumptions",
        metavar="FILE",
        help="low, typical and high amounts of what is billed by use, in YAML: shown beside the "
        "totals",
    )
    parser.add_argument(
        "--base-assumptions",
        metavar="FILE",
        help="those of the base, a file or REVISION:FILE of git: what differs is told",
    )
    parser.add_argument(
        "--today",
        type=datetime.date.fromisoformat,
        metavar="DAY",
        help="decides how old prices are, and what support has ended; such as 2026-12-01",
    )


def run(chosen: argparse.Namespace) -> int:
    """1 for a source that is not whole, as half a sum is no estimate; 3 over budget."""
    from planning.problems import SettingsError

    today = chosen.today or datetime.datetime.now(datetime.UTC).date()
    try:
        states = _states(chosen)
        assumed, before = (
            of_assumptions(one) if one else None
            for one in (chosen.assumptions, chosen.base_assumptions)
        )
    except (SourceError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    from planning.cost.report.several import document_of, several

    documents = [document_of(one, today, assumed, before) for one in states]
    together = several(states, documents, today) if len(documents) > 1 else None
    _show(chosen, documents, together)
    return OVER_BUDGET if any(one.refused for one in documents) else 0


def _states(chosen: argparse.Namespace) -> list[States]:
    bases: list[str | None] = list(chosen.base)
    if chosen.from_preview:
        if len(bases) > 1:
            raise SourceError("--base: one preview to compare with")
        return [of_previews(chosen.from_preview, bases[0] if bases else None)]
    files: list[Path] = chosen.from_stack
    if len(bases) == 1 and bases[0] is not None and bases[0].endswith(":"):
        bases = [f"{bases[0]}{file}" for file in files]
    if bases and len(bases) != len(files):
        raise SourceError(f"--base: {len(bases)} for {len(files)} stack files")
    return [of_stack(*pair) for pair in zip(files, bases or [None] * len(files), strict=True)]


def _show(
    chosen: argparse.Namespace, documents: list[CostDocument], together: SeveralStacks | None
) -> None:
    from planning.cost.report.markdown import comment
    from planning.cost.report.several import total_lines
    from planning.cost.report.terminal import explanation_lines, terminal_lines

    if chosen.format == "json" and not chosen.explain:
        print((together or documents[0]).text())
    elif chosen.format == "html" and not chosen.explain:
        # Imported late: a template takes longer to read than an estimate to make.
        from planning.cost.report.page.page import cost_page
        from planning.cost.report.page.stacks import stacks_page
        from planning.page.html import html_of

        whole = stacks_page(together.totals, documents) if together else None
        print(html_of(whole or cost_page(documents[0])), end="")
    elif chosen.format == "markdown" and not chosen.explain:
        lines = "".join(f"{line}\n" for line in total_lines(together)) if together else ""
        print(lines + "\n".join(map(comment, documents)), end="")
    else:
        lines = explanation_lines if chosen.explain else terminal_lines
        for document in documents:
            print("\n".join(lines(document)))
        if together:
            print("\n".join(total_lines(together)))
