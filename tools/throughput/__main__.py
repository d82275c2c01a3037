"""`python -m tools.throughput [--check]`: writes the calibration and docs/throughput.md."""

from __future__ import annotations

import argparse
import sys

from planning.generated import write_or_compare
from tools.throughput.calibration import calibration, row_text
from tools.throughput.coverage import families
from tools.throughput.page import page
from tools.throughput.points import ROOT, measured


def files() -> dict[str, str]:
    """Relative path to content."""
    dense, mixtures = families(measured())
    facts = calibration(dense, mixtures)
    return {
        "planning/catalog/calibrations.yaml": row_text(facts),
        "docs/throughput.md": page(dense, mixtures, facts),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.throughput", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether they are stale")
    check = parser.parse_args().check
    return write_or_compare(files(), ROOT, check=check, command="python -m tools.throughput")


if __name__ == "__main__":
    sys.exit(main())
