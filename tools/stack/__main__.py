"""`python3 -m tools.stack up|down|shell [STACK]`."""

from __future__ import annotations

import argparse

from tools.bootstrap.errors import run_main
from tools.stack import STACK
from tools.stack.down import down
from tools.stack.shell import shell
from tools.stack.up import up


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.stack")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up")
    commands.add_parser("down")
    commands.add_parser("shell").add_argument("stack", nargs="?", default=STACK)
    given = parser.parse_args()
    if given.command == "shell":
        shell(given.stack)
    else:
        {"up": up, "down": down}[given.command]()
    return 0


if __name__ == "__main__":
    run_main(main)
