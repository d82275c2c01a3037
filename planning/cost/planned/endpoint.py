"""An Inference Endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from components.specs import HfEndpointSpec
from planning.cost.planned.made import Maker
from planning.cost.resource import Resource
from planning.expected import Expected


def endpoint_resources(
    spec: HfEndpointSpec, expected: Expected | None, maker: Maker
) -> Iterator[Resource]:
    levels = expected.levels if expected else None
    inputs = {
        "vendor": spec.vendor,
        "instanceType": spec.instance_type,
        "instanceSize": spec.instance_size,
        "minReplica": spec.scaling.min_replica,
        "maxReplica": spec.scaling.max_replica,
        **({} if spec.state is None else {"state": spec.state}),
    }
    yield maker(
        "huggingface:index:InferenceEndpoint",
        spec.name,
        inputs,
        average=None
        if levels is None
        else sum((Decimal(share) * count for share, count in levels), Decimal(0)),
    )
