"""`python3 -m tools.stack up|down|shell`."""

from __future__ import annotations

import argparse

from tools.bootstrap.errors import run_main
from tools.stack.down import down
from tools.stack.shell import shell
from tools.stack.up import up

_COMMANDS = {"up": up, "down": down, "shell": shell}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.stack")
    parser.add_argument("command", choices=_COMMANDS)
    _COMMANDS[parser.parse_args().command]()
    return 0


if __name__ == "__main__":
    run_main(main)
