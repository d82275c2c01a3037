"""The command line. Exit codes: 0 good, 1 problems or stale pages, 2 wrong usage."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from planning.machine import read_machine
from planning.plan import Plan, make_plan
from planning.problems import SettingsError
from planning.stackfile import load_stack_file, stack_name

ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str]) -> int:
    chosen = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without the letters is no error
            stream.reconfigure(errors="backslashreplace")
    if chosen.command == "plan":
        return _plan(
            chosen.file,
            as_json=chosen.json,
            alone=chosen.no_machine,
            model_config=chosen.model_config,
        )
    return _generate(chosen.command, check=chosen.check)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m planning",
        description="Check a stack file and print what `pulumi up` would make of it.",
        epilog="Exit codes: 0 good (maybe warnings), 1 problems or stale page, 2 wrong usage.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="print the plan of a stack file, or all its problems")
    plan.add_argument("file", type=Path, metavar="FILE", help="such as Pulumi.dev.yaml")
    plan.add_argument(
        "--json", action="store_true", help="print JSON (docs/reference/plan-json.md)"
    )
    plan.add_argument(
        "--no-machine", action="store_true", help="do not look at this machine's memory and cores"
    )
    plan.add_argument(
        "--model-config",
        type=Path,
        metavar="FILE",
        help="the model's config.json, with its safetensors index beside it if you have it",
    )
    for name, what in (("schema", "the JSON schema"), ("reference", "the reference pages")):
        command = commands.add_parser(name, help=f"write {what} of the stack file")
        command.add_argument("--check", action="store_true", help="only say whether it is stale")
    return parser


def _plan(file: Path, *, as_json: bool, alone: bool, model_config: Path | None) -> int:
    stack = stack_name(file)
    try:
        settings = load_stack_file(file)
    except SettingsError as error:
        if as_json:
            from planning.report.build import refusal_document

            print(refusal_document(error, stack=stack).text())
        else:
            print(error, file=sys.stderr)
        return 1
    machine = None if alone else read_machine(ROOT)
    plan = make_plan(settings, stack=stack, machine=machine, model_config=model_config)
    _show(plan, as_json=as_json)
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


def _generate(what: str, *, check: bool) -> int:
    from planning.generated import pages, write_or_compare

    return write_or_compare(pages(what), ROOT, check=check, command=f"python -m planning {what}")
