"""`compare`: the same model on every target."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from planning.catalog import load_catalog
from planning.commands.files import ROOT, file_arguments
from planning.machine import read_machine
from planning.problems import SettingsError
from planning.stackfile import load_stack_file, stack_name
from planning.stackfile.file import read_stack_file

if TYPE_CHECKING:
    from planning.report.comparison_document import ComparisonDocument

HELP = "compare what the same stack file would be on every target"


def arguments(parser: argparse.ArgumentParser) -> None:
    file_arguments(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print JSON (docs/reference/compare-json.md)"
    )
    form.add_argument("--markdown", action="store_true", help="print Markdown")


def run(chosen: argparse.Namespace) -> int:
    """1 where the target that the file is written for has problems; another's are shown."""
    try:
        document = _document(chosen)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if chosen.json:
        print(document.text())
    else:
        _show(document, as_markdown=chosen.markdown)
    own = next(one for one in document.targets if one.target == document.written_for)
    return 0 if own.ok else 1


def _document(chosen: argparse.Namespace) -> ComparisonDocument:
    from planning.comparison import compare
    from planning.report.comparison_build import comparison_document

    settings = load_stack_file(chosen.file)
    raw, _ = read_stack_file(chosen.file)
    stack = stack_name(chosen.file)
    outcomes = compare(
        raw or {},
        origin=str(chosen.file),
        stack=stack,
        catalog=load_catalog(),
        machine=None if chosen.no_machine else read_machine(ROOT),
        model_config=chosen.model_config,
    )
    return comparison_document(settings, stack, outcomes)


def _show(document: ComparisonDocument, *, as_markdown: bool) -> None:
    from planning.report.sections.comparison import comparison_tables

    tables = comparison_tables(document)
    title = f"{document.model} on every target, from {document.origin}"
    if as_markdown:
        from planning.report.markdown import table_lines

        print(f"# {title}\n")
        print("\n".join(line for table in tables for line in table_lines(table)).rstrip())
        return
    from rich.console import Console

    from planning.report.rich_table import rich_table

    console = Console(highlight=False)
    console.print(title, style="bold", markup=False)
    for table in tables:
        console.print()
        console.print(rich_table(table))
