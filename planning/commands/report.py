"""`report`: a plan with pictures, as a page or as Markdown."""

from __future__ import annotations

import argparse
import datetime
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planning.catalog import load_catalog
from planning.commands.files import ROOT, file_arguments, planned
from planning.plan import Plan, make_plan
from planning.problems import SettingsError
from planning.settings import Settings
from planning.stackfile import stack_name

if TYPE_CHECKING:
    from planning.report.report import Report

HELP = "write the plan with pictures, what-ifs and sources, as one HTML file or as Markdown"


def arguments(parser: argparse.ArgumentParser) -> None:
    file_arguments(parser)
    parser.add_argument(
        "--html", type=Path, metavar="OUT", help="write one HTML file that needs nothing else"
    )
    parser.add_argument(
        "--markdown", type=Path, metavar="OUT", help="write Markdown; printed without --html too"
    )


def run(chosen: argparse.Namespace) -> int:
    from planning.report.html import html
    from planning.report.markdown import markdown

    report = _report(chosen)
    if chosen.html:
        chosen.html.write_text(html(report), encoding="utf-8")
        print(f"wrote {chosen.html}", file=sys.stderr)
    if chosen.markdown:
        chosen.markdown.write_text(markdown(report), encoding="utf-8")
        print(f"wrote {chosen.markdown}", file=sys.stderr)
    if not chosen.html and not chosen.markdown:
        print(markdown(report), end="")
    return 1 if report.verdict == "refused" else 0


def _report(chosen: argparse.Namespace) -> Report:
    from planning.report.report import refusal_report, report_of
    from planning.whatif import what_ifs

    today = datetime.datetime.now(datetime.UTC).date()
    try:
        plan = planned(chosen, ROOT)
    except SettingsError as error:
        return refusal_report(error, stack=stack_name(chosen.file), today=today)
    catalog = load_catalog()
    again = partial(_again, plan, chosen.model_config)
    return report_of(plan, what_ifs(plan, catalog, today, again), catalog, today)


def _again(plan: Plan, model_config: Path | None, settings: Settings) -> Plan:
    """Other settings, planned as this plan was."""
    return make_plan(
        settings,
        stack=plan.stack,
        machine=plan.machine,
        model_config=model_config,
    )
