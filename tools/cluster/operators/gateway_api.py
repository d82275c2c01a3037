"""The API server knows HTTPRoutes; no gateway heeds them."""

from __future__ import annotations

from collections.abc import Mapping

from tools.cluster.operators.operator import Manifest, Operator, labelled, moved
from tools.cluster.standins.gateway_api import PROGRAMS

_NAME = "gateway-api"
_NAMESPACE = "slipway-gateway-api"


def _manifests(_: Mapping[str, str]) -> list[Manifest]:
    return labelled(_NAME, moved(PROGRAMS.published(), _NAMESPACE))


GATEWAY_API = Operator(name=_NAME, namespace=_NAMESPACE, stand_ins=(), manifests=_manifests)
