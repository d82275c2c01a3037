"""Stand-ins by name, built and in the cluster's registry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tools.bootstrap.errors import ToolError
from tools.cluster.image import push
from tools.cluster.layout import REGISTRY
from tools.cluster.standins.busybox import BUSYBOX
from tools.cluster.standins.envoy import ENVOY
from tools.cluster.standins.keda import KEDA, KEDA_METRICS_APISERVER
from tools.cluster.standins.kwok import KWOK
from tools.cluster.standins.lws import LWS
from tools.cluster.standins.prometheus import PROMETHEUS
from tools.cluster.standins.prometheus_operator import (
    PROMETHEUS_CONFIG_RELOADER,
    PROMETHEUS_OPERATOR,
)
from tools.cluster.standins.python import PYTHON
from tools.cluster.standins.ratelimit import RATELIMIT
from tools.cluster.standins.redis import REDIS
from tools.cluster.standins.storage import LOCAL_PATH_PROVISIONER

STAND_INS = {
    standin.name: standin
    for standin in (
        PYTHON,
        ENVOY,
        REDIS,
        RATELIMIT,
        PROMETHEUS,
        PROMETHEUS_OPERATOR,
        PROMETHEUS_CONFIG_RELOADER,
        KEDA,
        KEDA_METRICS_APISERVER,
        BUSYBOX,
        LOCAL_PATH_PROVISIONER,
        KWOK,
        LWS,
    )
}

_SOAK_ONLY = frozenset({KEDA.name, KEDA_METRICS_APISERVER.name, LWS.name})
"""For tests of `make soak` alone, the first of which pays: KEDA compiles for 19 CPU minutes."""


def ensure_built() -> None:
    """Build what `make test` needs and is not built, so that no test pays. Raises ToolError."""
    for name, stand_in in STAND_INS.items():
        if name not in _SOAK_ONLY:
            stand_in.image()


def ensure(names: Iterable[str], registry: str = REGISTRY) -> Mapping[str, str]:
    """Name -> reference by digest; what is not built is built, what is not in `registry` pushed.

    Raises ToolError for a name that is not known, and where a build or the registry fails.
    """
    wanted = list(names)
    if unknown := sorted(set(wanted) - set(STAND_INS)):
        raise ToolError(f"no stand-in {', '.join(unknown)}: there are {', '.join(STAND_INS)}")
    return {name: push(STAND_INS[name].image(), registry, f"slipway/{name}") for name in wanted}
