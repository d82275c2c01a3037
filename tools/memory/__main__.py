"""`python -m tools.memory [--check]`: writes docs/memory.md."""

from __future__ import annotations

import argparse
import sys

from planning.generated import write_or_compare
from tools.memory.measured import ROOT
from tools.memory.page import page


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.memory", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is stale")
    check = parser.parse_args().check
    files = {"docs/memory.md": page()}
    return write_or_compare(files, ROOT, check=check, command="python -m tools.memory")


if __name__ == "__main__":
    sys.exit(main())
