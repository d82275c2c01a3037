"""`python -m tools.ci affected|checks|plan|cost|preview|all|up|drift|destroy …`.

Exit codes: 0 good, 1 refused or failed, 3 over budget (`cost`) or drifted (`drift`). In the
environment of `.venv`: `python3 -m tools.bootstrap` makes it.
"""

from __future__ import annotations

import argparse
import json

from tools.bootstrap.errors import run_main
from tools.ci.checks import checks
from tools.ci.cost import cost
from tools.ci.destroy import destroy
from tools.ci.drift import drift
from tools.ci.plan import plan
from tools.ci.preview import preview
from tools.ci.stacks import change, deployed, every
from tools.ci.up import up

_STEPS = {"checks": checks, "plan": plan, "cost": cost, "preview": preview}


def main() -> int:
    chosen = _parser().parse_args()
    match chosen.command:
        case "up":
            return up(chosen.stack, after=chosen.after)
        case "drift":
            return drift(chosen.stack)
        case "destroy":
            return destroy(chosen.stack, confirmed=chosen.confirm, production=chosen.production)
        case "affected":
            print(_affected(chosen))
            return 0
        case "all":
            found = change(chosen.stack, chosen.base)
            # Each of them says something: none waits for the one before.
            return max([step(found) for step in _STEPS.values()])
        case step:
            return _STEPS[step](change(chosen.stack, chosen.base))


def _affected(chosen: argparse.Namespace) -> str:
    found = every() if chosen.every else change([], chosen.base)
    files = deployed(found) if chosen.deployed else found.files
    names = json.dumps([found.name(file) for file in files])
    return f"stacks={names}" if chosen.output else names


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.ci", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, what in (
        ("checks", "what `make check` checks"),
        ("plan", "plan every affected stack; 1 if one is refused"),
        ("cost", "write the comment of what the change costs; 3 over budget"),
        ("preview", "ask the engine, under the policy pack, and write what it says"),
        ("all", "all four of them, as `make ci-preview` does"),
    ):
        step = commands.add_parser(name, help=what)
        step.add_argument("stack", nargs="*", help="such as dev; left out: those affected")
        _base(step)
    affected = commands.add_parser("affected", help="print the affected stacks as JSON")
    affected.add_argument("--deployed", action="store_true", help="without those of `local`")
    affected.add_argument("--every", action="store_true", help="affected or not")
    affected.add_argument("--output", action="store_true", help="as `stacks=…`, for GITHUB_OUTPUT")
    _base(affected)
    run = commands.add_parser("up", help="make a stack what its file says, without building twice")
    run.add_argument("stack")
    run.add_argument("--after", metavar="STACK", help="whose images it runs; left out: its own")
    asked = commands.add_parser("drift", help="3 where what is there is not what the state says")
    asked.add_argument("stack")
    gone = commands.add_parser("destroy", help="take a stack away")
    gone.add_argument("stack")
    gone.add_argument("--confirm", default="", metavar="STACK", help="its name, once more")
    gone.add_argument("--production", action="store_true", help="needed for production stacks")
    return parser


def _base(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--base",
        metavar="REVISION",
        help="to compare with; left out: $BASE, else the main branch of origin",
    )


if __name__ == "__main__":
    run_main(main)
