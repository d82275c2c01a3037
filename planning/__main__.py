"""`python -m planning …`: plans and generated pages, without Pulumi."""

from __future__ import annotations

import sys

from planning.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
