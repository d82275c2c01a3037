"""`python`: stands in for `python:3.12-slim`. Python 3.11 with pip on a small Debian."""

from __future__ import annotations

from pathlib import Path

from tools.cluster.standins import debian
from tools.cluster.standins.standin import StandIn

# Upstream's base has C++'s library too: apt, which is left out here, brings it there.
_PACKAGES = ("ca-certificates", "libstdc++6", "python3", "python3-pip")


def _layer(scratch: Path) -> Path:
    # Upstream's images call it `python` too.
    name = 'mkdir -p "$1/usr/local/bin" && ln -s /usr/bin/python3 "$1/usr/local/bin/python"'
    return debian.installed(scratch, _PACKAGES, name)


PYTHON = StandIn(
    name="python",
    version="3.11",
    pins=[Path(__file__), Path(debian.__file__)],
    run={"Cmd": ["python3"], "Env": ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"]},
    layer=_layer,
)
