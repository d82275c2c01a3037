"""`python3 -m tools.engine`: make sure Pulumi is there and print its folder."""

from __future__ import annotations

from tools.bootstrap.errors import run_main
from tools.engine import ensure


def main() -> int:
    print(ensure())
    return 0


if __name__ == "__main__":
    run_main(main)
