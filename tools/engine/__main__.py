"""`python3 -m tools.engine [providers]`: make sure Pulumi, or its providers, are there.

Prints the folders to put on PATH, one a line.
"""

from __future__ import annotations

import argparse

from tools import engine
from tools.bootstrap.errors import run_main
from tools.engine import providers


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.engine")
    parser.add_argument("what", nargs="?", choices=("cli", "providers"), default="cli")
    folders = providers.ensure() if parser.parse_args().what == "providers" else [engine.ensure()]
    print(*folders, sep="\n")
    return 0


if __name__ == "__main__":
    run_main(main)
