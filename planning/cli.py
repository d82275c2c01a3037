"""The command line. Exit codes: 0 good, 1 problems or stale pages, 2 wrong usage."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from planning.commands import compare, cost, generate, plan, replay, report

_CLOSED = 141
"""As a shell says of a program that wrote to a reader who had gone: 128 + SIGPIPE."""


def main(arguments: Sequence[str]) -> int:
    chosen = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without the letters is no error
            stream.reconfigure(errors="backslashreplace")
    try:
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter would flush once more when it ends, and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m planning",
        description="Check a stack file and print what `pulumi up` would make of it.",
        epilog="Exit codes: 0 good (maybe warnings), 1 problems or stale page, 2 wrong usage.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in (
        ("plan", plan),
        ("report", report),
        ("compare", compare),
        ("cost", cost),
        ("replay", replay),
    ):
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(command)
        command.set_defaults(run=module.run)
    for name, what in (("schema", "the JSON schema"), ("reference", "the reference pages")):
        command = commands.add_parser(name, help=f"write {what} of the stack file")
        generate.arguments(command)
        command.set_defaults(run=generate.run)
    return parser
