"""`python3 -m tools.bootstrap`: make the Python environment."""

from __future__ import annotations

from tools.bootstrap.errors import run_main
from tools.bootstrap.uv import sync


def main() -> int:
    sync()
    return 0


if __name__ == "__main__":
    run_main(main)
