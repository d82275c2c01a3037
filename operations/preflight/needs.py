"""What a plan needs of an AWS account and of the hub: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from operations.cluster.place import Place

Capacity = Literal["on-demand", "spot", "capacity-block"]
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class PoolNeeds:
    """Nodes of one instance type."""

    path: str
    """The key of the stack file that asks for them, for messages."""
    region: str
    zones: tuple[str, ...]
    """Names such as us-east-1a; empty: any zone of the region will do."""
    instance_type: str
    vcpus: int
    """Of one node."""
    capacity: Capacity
    nodes_max: int
    """At the largest scale: replicas times nodes of a replica."""
    nodes_surge: int
    """More nodes while a rolling change is under way."""
    cluster: str | None
    """Running nodes of this cluster are the stack's own and not in its way; None: none run yet."""


@dataclass(frozen=True, kw_only=True)
class ModelNeeds:
    """A model of the hub."""

    path: str
    repository: str
    revision: str
    """Commit, 40 hex digits."""
    weight_bytes: int | None
    """As the checkpoint stores them; None: not known, so no size is compared."""


@dataclass(frozen=True, kw_only=True)
class EndpointNeeds:
    """Replicas of one Inference Endpoint."""

    path: str
    hardware: str
    """`<vendor>/<instance type>/<size>`, as in hf_hardware.yaml."""
    region: str | None
    """None: any that lists the hardware."""
    replicas_max: int
    namespace: str | None
    """Of the endpoint; None: the token's own user."""
    endpoint: str | None
    """Its name, so that what it holds already is not taken for somebody else's."""


@dataclass(frozen=True, kw_only=True)
class ClusterNeeds:
    """A cluster that is there already, and what must be on it."""

    place: Place
    kinds: tuple[tuple[str, str], ...]
    """API version and kind of all that will be made, but for what its own charts bring."""
    objects: tuple[tuple[str, str], ...]
    """Kind and name of what the stack uses and does not make, such as a storage class."""
    gpus: GpuNeeds | None


@dataclass(frozen=True, kw_only=True)
class GpuNeeds:
    """GPUs of all replicas at the fewest of them, on nodes that `selector` names."""

    resource: str
    per_pod: int
    pods: int
    selector: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Needs:
    """All that is looked up before `up`; nothing for a part that a stack does not use."""

    pools: tuple[PoolNeeds, ...] = ()
    models: tuple[ModelNeeds, ...] = ()
    endpoints: tuple[EndpointNeeds, ...] = ()
    cluster: ClusterNeeds | None = None


def needs_of(
    *,
    region: str | None = None,
    zones: tuple[str, ...] = (),
    instance_type: str | None = None,
    vcpus: int | None = None,
    capacity: Capacity = "on-demand",
    nodes_max: int = 0,
    nodes_surge: int = 0,
    cluster: str | None = None,
    repository: str | None = None,
    revision: str | None = None,
    weight_bytes: int | None = None,
    hf_hardware: str | None = None,
    replicas_max: int = 0,
    namespace: str | None = None,
    endpoint: str | None = None,
) -> Needs:
    """The needs of a plan with at most one pool, one hub model and one endpoint.

    A part is there when its first value is: `instance_type`, `repository`, `hf_hardware`. Raises
    ValueError where the rest of that part is missing: a half-stated need would be half checked.
    """
    pools: tuple[PoolNeeds, ...] = ()
    models: tuple[ModelNeeds, ...] = ()
    endpoints: tuple[EndpointNeeds, ...] = ()
    if instance_type is not None:
        pool = PoolNeeds(
            path="slipway:aws",
            region=_stated(region, "region"),
            zones=zones,
            instance_type=instance_type,
            vcpus=_stated(vcpus, "vcpus"),
            capacity=capacity,
            nodes_max=_stated(nodes_max or None, "nodes_max"),
            nodes_surge=nodes_surge,
            cluster=cluster,
        )
        pools = (pool,)
    if repository is not None:
        model = ModelNeeds(
            path="slipway:model.source",
            repository=repository,
            revision=_stated(revision, "revision"),
            weight_bytes=weight_bytes,
        )
        models = (model,)
    if hf_hardware is not None:
        wanted = EndpointNeeds(
            path="slipway:huggingFace",
            hardware=hf_hardware,
            region=region,
            replicas_max=_stated(replicas_max or None, "replicas_max"),
            namespace=namespace,
            endpoint=endpoint,
        )
        endpoints = (wanted,)
    return Needs(pools=pools, models=models, endpoints=endpoints)


def _stated(value: Value | None, name: str) -> Value:
    if value is None:
        raise ValueError(f"{name} is missing")
    return value
