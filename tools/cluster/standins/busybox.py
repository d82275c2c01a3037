"""`busybox`: stands in for `busybox`, with the few commands that prepare a volume."""

from __future__ import annotations

from pathlib import Path

from tools.cluster.standins import debian
from tools.cluster.standins.standin import StandIn

_COMMANDS = "sh mkdir rm chmod cat ls"


def _layer(scratch: Path) -> Path:
    names = f'for name in {_COMMANDS}; do ln -s busybox "$1/bin/$name"; done'
    return debian.unpacked(scratch, ("busybox-static",), names)


BUSYBOX = StandIn(
    name="busybox",
    version="1.35",
    pins=[Path(__file__), Path(debian.__file__)],
    run={"Cmd": ["sh"], "Env": ["PATH=/bin"]},
    layer=_layer,
)
