"""`compare`: the same model on every target."""

from __future__ import annotations

import argparse

HELP = "compare what the same stack file would be on every target"


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(chosen: argparse.Namespace) -> int:
    return 0
