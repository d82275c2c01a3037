"""`cost`: what a month of a Pulumi program costs, from its preview."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from planning.catalog import load_catalog

HELP = "print what a month of any Pulumi program costs, from `pulumi preview --json --show-sames`"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from-preview", type=Path, required=True, metavar="FILE", help="of the program as it is"
    )
    parser.add_argument(
        "--base", type=Path, metavar="FILE", help="preview to compare with, such as of main"
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
        "--today",
        type=datetime.date.fromisoformat,
        metavar="DAY",
        help="decides how old prices are, and what support has ended; such as 2026-12-01",
    )


def run(chosen: argparse.Namespace) -> int:
    """1 for a preview that is not whole: half a sum is no estimate."""
    from planning.cost import PreviewError, estimate, read_preview
    from planning.cost.report.build import cost_document
    from planning.cost.report.markdown import comment
    from planning.cost.report.terminal import explanation_lines, terminal_lines

    today = chosen.today or datetime.datetime.now(datetime.UTC).date()
    file = chosen.from_preview
    try:
        head = read_preview(file.read_text(encoding="utf-8"))
        before = head.before
        if chosen.base:
            file = chosen.base
            before = read_preview(file.read_text(encoding="utf-8")).after
    except (OSError, PreviewError) as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 1
    found = estimate(before, head.after, load_catalog(), str(today))
    document = cost_document(found, head.operations, head.stack, today)
    if chosen.explain:
        print("\n".join(explanation_lines(document)))
    elif chosen.format == "json":
        print(document.text())
    elif chosen.format == "markdown":
        print(comment(document), end="")
    elif chosen.format == "html":
        # Imported late: a template takes longer to read than an estimate to make.
        from planning.cost.report.page.page import cost_page
        from planning.page.html import html_of

        print(html_of(cost_page(document)), end="")
    else:
        print("\n".join(terminal_lines(document)))
    return 0
