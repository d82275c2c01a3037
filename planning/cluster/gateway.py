"""The gateway as pods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from components.specs import HoldSpec
from components.specs.cluster import ClusterGatewaySpec, PickerSpec, RateLimitSpec, RouteSpec
from planning.catalog import Catalog
from planning.cluster.pins import Pin
from planning.gateway import gateway_spec
from planning.image_names import ImageName
from planning.settings import Settings

_EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 (a pod's own; network policies say who reaches it)


def cluster_gateway(
    settings: Settings,
    catalog: Catalog,
    pins: Mapping[ImageName, Pin],
    hold: HoldSpec | None,
) -> ClusterGatewaySpec:
    gateway, cluster = settings.gateway, settings.kubernetes
    route = cluster.route
    pre_stop = ceil(catalog.timings["cluster/propagation"].value.seconds)
    teardown = ceil(catalog.timings["cluster/teardown"].value.seconds)
    return ClusterGatewaySpec(
        gateway=replace(
            gateway_spec(settings, _EVERY_ADDRESS),
            tls=None,
            hold=hold,
            inference=tuple(model.name for model in settings.engine.repository),
        ),
        image=pins["envoy"].reference,
        replicas=(gateway.replicas.minimum, gateway.replicas.maximum),
        cpu_millis=gateway.cpu.millis,
        memory_bytes=gateway.memory.bytes,
        service=cluster.service_type,
        node_port=cluster.node_port,
        route=RouteSpec(kind=route.kind, host=route.host, parent=route.parent) if route else None,
        limits=_limits(pins),
        picker=_picker(pins),
        tls_secret=settings.access.tls.secret if settings.access.tls else None,
        pre_stop_seconds=pre_stop,
        grace_seconds=pre_stop + ceil(settings.engine.drain.seconds) + teardown,
    )


def _picker(pins: Mapping[ImageName, Pin]) -> PickerSpec | None:
    if "endpoint-picker" not in pins:
        return None
    return PickerSpec(image=pins["endpoint-picker"].reference)


def _limits(pins: Mapping[ImageName, Pin]) -> RateLimitSpec | None:
    if "ratelimit" not in pins:
        return None
    return RateLimitSpec(image=pins["ratelimit"].reference, redis_image=pins["redis"].reference)
