"""`schema` and `reference`: pages that are written from the code."""

from __future__ import annotations

import argparse

from planning.commands.files import ROOT


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether it is stale")


def run(chosen: argparse.Namespace) -> int:
    from planning.generated import pages, write_or_compare

    what = chosen.command
    return write_or_compare(
        pages(what), ROOT, check=chosen.check, command=f"python -m planning {what}"
    )
