"""`python -m tools.pins`: writes the catalog's pins again; read the difference and commit it.

Exit codes: 0 everything is pinned, 1 something is not; what was reached is written either way.
"""

from __future__ import annotations

import datetime
import sys

from tools.bootstrap.errors import run_main
from tools.bootstrap.paths import ROOT
from tools.pins.web import Sites
from tools.pins.write import refresh

CATALOG = ROOT / "planning" / "catalog"


def main() -> int:
    if sys.argv[1:]:
        print("usage: python -m tools.pins", file=sys.stderr)
        return 2
    report = refresh(CATALOG, Sites(), datetime.datetime.now(datetime.UTC).date())
    for line in (*report.changed, *report.failed):
        print(line)
    print(f"{report.asked - len(report.failed)} of {report.asked} answered")
    if report.changed:
        print("git diff planning/catalog shows what was written; then make golden")
    return 1 if report.failed else 0


if __name__ == "__main__":
    run_main(main)
