"""`python -m tools.images [--check]`: writes what images install, and their bills of materials."""

from __future__ import annotations

import argparse

from planning.generated import write_or_compare
from tools.bootstrap.errors import run_main
from tools.bootstrap.paths import ROOT
from tools.images.exports import requirements, sbom


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.images", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is stale")
    check = parser.parse_args().check
    files = {
        "images/onnx/requirements.txt": requirements(),
        "images/onnx/sbom.cdx.json": sbom(),
    }
    return write_or_compare(files, ROOT, check=check, command="python -m tools.images")


if __name__ == "__main__":
    run_main(main)
