"""`python -m operations recover [--stack NAME]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from operations.pulumi_cli import PulumiCli, PulumiCliError
from operations.recover import StillRunningError, recover
from providers.plugin.session import OperationError


def main() -> int:
    arguments = _parser().parse_args()
    project = arguments.cwd.resolve()
    try:
        stack = arguments.stack
        pulumi = PulumiCli(project, stack) if stack else PulumiCli.selected(project)
        recover(
            project,
            pulumi,
            _say,
            hf_namespaces=arguments.hf_namespace,
            delete_lost=arguments.delete_lost,
        )
    except (StillRunningError, PulumiCliError, OperationError) as error:
        _say(str(error))
        return 1
    _say(f"done: stack {pulumi.stack} is free; run `pulumi up` (or `pulumi destroy`) now")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m operations", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser(
        "recover", help="clean up after a killed pulumi, so that the next one works"
    )
    command.add_argument("--stack", help="default: the selected stack")
    command.add_argument("--cwd", type=Path, default=Path(), help="the project's folder")
    command.add_argument(
        "--hf-namespace",
        action="append",
        default=[],
        help="look for lost endpoints there too, beside those of the state and the stack file",
    )
    command.add_argument(
        "--delete-lost",
        action="store_true",
        help="delete endpoints that the state does not know; by default `up` takes them over",
    )
    return parser


def _say(line: str) -> None:
    print(f"slipway: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
