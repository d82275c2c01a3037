"""Developer tooling: runs with nothing but the standard library of a bare Python."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- the one module that an older Python must reach
    sys.exit(
        "Slipway needs Python 3.11 or newer; this is %d.%d at %s.\n"
        "Install a newer one and name it: make PYTHON=python3.12 up"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
