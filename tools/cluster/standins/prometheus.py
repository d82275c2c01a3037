"""`prometheus`: stands in for `prom/prometheus`. Debian's server."""

from __future__ import annotations

from pathlib import Path

from tools.cluster.image import NOBODY
from tools.cluster.standins import debian
from tools.cluster.standins.standin import StandIn


def _layer(scratch: Path) -> Path:
    # Nobody opens its pages, which are most of the package's weight.
    pages = 'rm -r "$1/usr/share/javascript" "$1/usr/share/nodejs"'
    return debian.unpacked(scratch, ("prometheus",), pages)


PROMETHEUS = StandIn(
    name="prometheus",
    version="2.42",
    pins=[Path(__file__), Path(debian.__file__)],
    run={
        "Entrypoint": ["/usr/bin/prometheus"],
        "Cmd": ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
        "User": NOBODY,
    },
    layer=_layer,
)
