"""`python -m tools.cluster.standins [NAME…]`: pushes and prints `NAME REFERENCE` a line.

Without a name those that `make test` needs are built, and none is pushed.
"""

from __future__ import annotations

import sys

from tools.bootstrap.errors import run_main
from tools.cluster.standins.ensure import ensure, ensure_built


def main() -> int:
    if not sys.argv[1:]:
        ensure_built()
    for name, reference in ensure(sys.argv[1:]).items():
        print(name, reference)
    return 0


if __name__ == "__main__":
    run_main(main)
