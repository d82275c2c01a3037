"""`redis`: stands in for `redis:7`. Debian's server; no entry script, so name the command."""

from __future__ import annotations

from pathlib import Path

from tools.cluster.image import NOBODY
from tools.cluster.standins import debian
from tools.cluster.standins.standin import StandIn


def _layer(scratch: Path) -> Path:
    return debian.unpacked(scratch, ("redis-server",))


REDIS = StandIn(
    name="redis",
    version="7.0",
    pins=[Path(__file__), Path(debian.__file__)],
    run={"Cmd": ["redis-server"], "Env": ["PATH=/usr/bin:/bin"], "User": NOBODY},
    layer=_layer,
)
