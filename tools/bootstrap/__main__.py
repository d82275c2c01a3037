"""`python3 -m tools.bootstrap`: make the Python environment that develops every target."""

from __future__ import annotations

from tools.bootstrap.errors import run_main
from tools.bootstrap.uv import AWS, sync


def main() -> int:
    sync(AWS)
    return 0


if __name__ == "__main__":
    run_main(main)
