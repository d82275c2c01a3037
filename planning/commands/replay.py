"""`replay`: a trace through the deployed rules."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from planning.commands.files import ROOT, file_arguments, planned
from planning.problems import Problem, SettingsError
from planning.settings.units import Duration

if TYPE_CHECKING:
    from planning.replay.document import ReplayDocument

HELP = "replay a trace through the rules that would be deployed: GPU-hours, % in SLO, queue, $"
_SLICE_SECONDS = 0.5
_SILENT_SECONDS = 2.0


def arguments(parser: argparse.ArgumentParser) -> None:
    file_arguments(parser)
    parser.add_argument(
        "trace",
        type=Path,
        metavar="TRACE",
        help="requests with times and lengths, as Azure, Mooncake or ServeGen publish them",
    )
    parser.add_argument(
        "--before",
        type=Path,
        metavar="TRACE",
        help="the same hours of the day before, for rules that look back; left out: nothing is "
        "known of it, as on the first day",
    )
    parser.add_argument(
        "--start",
        metavar="TIME",
        help="how long a new replica takes, such as 60s; left out: the plan's cold start",
    )
    parser.add_argument(
        "--json", action="store_true", help="print JSON (docs/reference/replay-json.md)"
    )
    parser.add_argument(
        "--html", type=Path, metavar="OUT", help="write one HTML file that needs nothing else"
    )


def run(chosen: argparse.Namespace) -> int:
    """1 for what cannot be replayed, and where too few requests are in time."""
    try:
        document = _document(chosen)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if chosen.html:
        from planning.page.html import html_of
        from planning.replay.page import page_of

        chosen.html.write_text(html_of(page_of(document)), encoding="utf-8")
        print(f"wrote {chosen.html}", file=sys.stderr)
    if chosen.json:
        print(document.text())
    elif not chosen.html:
        from rich.console import Console

        from planning.replay.terminal import print_replay

        print_replay(document, Console(highlight=False))
    return 0 if document.fleets[0].enough else 1


def _document(chosen: argparse.Namespace) -> ReplayDocument:
    from planning.catalog import load_catalog
    from planning.replay.build import replay_document
    from planning.replay.compare import compared
    from planning.replay.deployed import deployed
    from planning.replay.slices import sliced
    from planning.traces import read_trace

    say = _progress()
    start = _start(chosen.start)
    say(f"reading {chosen.trace}")
    slices = sliced(read_trace(chosen.trace), _SLICE_SECONDS)
    before = sliced(read_trace(chosen.before), _SLICE_SECONDS) if chosen.before else None
    say("planning")
    plan = planned(chosen, ROOT)
    found = deployed(plan, slices, load_catalog(), start)
    slo = plan.settings.traffic.slo if plan.settings.traffic else None
    share = int(slo.percentile.removeprefix("p")) / 100 if slo else 0.95
    seen = compared(slices, before, found, share, say)
    return replay_document(plan, chosen.trace.name, slices, chosen.before, found, seen, share)


def _start(text: str | None) -> float | None:
    """Raises SettingsError."""
    if text is None:
        return None
    try:
        return Duration.parse(text).seconds
    except ValueError as error:
        problem = Problem(
            path="--start",
            code="bad-duration",
            got=text,
            allowed=Duration.written,
            fixes=("write --start 60s",),
        )
        raise SettingsError((problem,), origin="command line") from error


def _progress() -> Callable[[str], None]:
    """Says what is being done once that takes longer than a person waits without a word."""
    began = time.monotonic()

    def say(what: str) -> None:
        if time.monotonic() - began > _SILENT_SECONDS:
            print(f"slipway: {what} …", file=sys.stderr, flush=True)

    return say
