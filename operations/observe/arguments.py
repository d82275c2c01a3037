"""Arguments of `observe`, read with those of every other command: nothing heavy is imported."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

HELP = "hold what `up` has predicted against Prometheus and a bill"
EPILOG = (
    "Exit codes: 0 nothing is outside of what was predicted, 1 something is, 2 wrong usage or a "
    "stack without predictions, 3 Prometheus or the bill gave no answer."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--prometheus", metavar="URL", help="such as http://127.0.0.1:9090")
    parser.add_argument(
        "--bill",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="CSV of a cost-and-usage export (FOCUS, CUR 2.0 or CUR), also gzipped; may repeat",
    )
    parser.add_argument(
        "--window", default="1h", help="that means are taken over, at a steady load (default: 1h)"
    )
    parser.add_argument(
        "--until",
        type=datetime.datetime.fromisoformat,
        metavar="TIME",
        help="end of the window, such as 2026-12-01T12:00+00:00 (default: now)",
    )
    parser.add_argument("--stack", help="default: the selected stack")
    parser.add_argument("--cwd", type=Path, default=Path(), help="the project's folder")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="add calibration rows to this CSV file"
    )
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for each answer")
