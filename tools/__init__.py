"""Developer tooling: runs with nothing but the standard library of a bare Python."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- the one module that an older Python must reach
    sys.exit(
        "Slipway needs Python 3.11 or newer; this is {}.{} at {}.\n"
        "Install a newer one and name it: make PYTHON=python3.12 up".format(
            *sys.version_info[:2], sys.executable
        )
    )
