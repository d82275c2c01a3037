"""`python -m tools.cluster.standins NAME…`: prints `NAME REFERENCE` a line."""

from __future__ import annotations

import sys

from tools.bootstrap.errors import run_main
from tools.cluster.standins.ensure import ensure


def main() -> int:
    for name, reference in ensure(sys.argv[1:]).items():
        print(name, reference)
    return 0


if __name__ == "__main__":
    run_main(main)
