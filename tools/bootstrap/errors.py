"""The one error that tools show to people."""

from __future__ import annotations

import sys
from collections.abc import Callable


class ToolError(Exception):
    """Something a person can fix; the message says what happened and what to do."""


def run_main(main: Callable[[], int]) -> None:
    """Exit with `main`'s code; a `ToolError` is printed without a traceback and exits 1."""
    try:
        code = main()
    except ToolError as error:
        print(f"slipway: {error}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("slipway: interrupted; run the same command again to go on", file=sys.stderr)
        code = 130
    sys.exit(code)
