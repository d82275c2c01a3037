"""`plan`: print the plan, its JSON, or the arithmetic of its figures."""

from __future__ import annotations

import argparse
import sys

from planning.commands.files import ROOT, file_arguments, planned
from planning.plan import Plan
from planning.problems import SettingsError
from planning.stackfile import stack_name

HELP = "print the plan of a stack file, or all its problems"


def arguments(parser: argparse.ArgumentParser) -> None:
    file_arguments(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print JSON (docs/reference/plan-json.md)"
    )
    form.add_argument(
        "--explain",
        nargs="?",
        const="",
        metavar="FIGURE",
        help="print how a figure of the JSON comes about, such as fit.kvCacheTokens, ttftMs or "
        "coldStart; without one: all of them",
    )


def run(chosen: argparse.Namespace) -> int:
    try:
        plan = planned(chosen, ROOT)
    except SettingsError as error:
        if chosen.json:
            from planning.report.build import refusal_document

            print(refusal_document(error, stack=stack_name(chosen.file)).text())
        else:
            print(error, file=sys.stderr)
        return 1
    if chosen.explain is not None:
        return _explain(plan, chosen.explain or None)
    _show(plan, as_json=chosen.json)
    return 1 if plan.errors else 0


def _show(plan: Plan, *, as_json: bool) -> None:
    # Imported late: programs that only plan should not pay for drawing.
    if as_json:
        from planning.report.build import plan_document

        print(plan_document(plan).text())
        return
    from rich.console import Console

    from planning.report.terminal import print_plan

    print_plan(plan, Console(highlight=False))


def _explain(plan: Plan, figure: str | None) -> int:
    from planning.catalog import load_catalog
    from planning.explain import explain
    from planning.explain.text import explanation_text

    try:
        print(explanation_text(explain(plan, load_catalog(), figure)))
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    return 0
