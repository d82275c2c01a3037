"""What a plan needs online."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import Capacity as SpecCapacity
from components.specs.aws import EksSpec
from operations.preflight.cluster.from_spec import cluster_needs
from operations.preflight.needs import Capacity, EndpointNeeds, ModelNeeds, Needs, PoolNeeds
from planning.architecture.weights import weight_bytes
from planning.catalog import load_catalog
from planning.choice import Candidate
from planning.plan import Plan


def needs_of_plan(plan: Plan) -> Needs:
    """Instances of `eks`, hardware of `hf-endpoint`, models of the hub for every target,
    what must be on the cluster of `kubernetes`.

    Nothing for what comes from this machine or a wheel.
    """
    chosen = plan.placed.chosen if plan.placed else None
    return Needs(
        pools=tuple(_pools(plan, plan.eks) if plan.eks else ()),
        models=tuple(_models(plan)),
        endpoints=tuple(_endpoints(plan, chosen)) if chosen else (),
        cluster=cluster_needs(plan.kubernetes) if plan.kubernetes else None,
    )


def _pools(plan: Plan, eks: EksSpec) -> Iterator[PoolNeeds]:
    """Every pool of the cluster, the system's too, once for each way in which it may be bought."""
    catalog = load_catalog()
    paths = {pool.name: f"slipway:pools[{at}]" for at, pool in enumerate(plan.settings.pools)}
    for pool in (*eks.pools, *((eks.system_pool,) if eks.system_pool else ())):
        for capacity in pool.capacity:
            yield PoolNeeds(
                path=paths.get(pool.name, "slipway:aws"),
                region=eks.region,
                zones=pool.zones,
                instance_type=pool.instance_types[0],
                vcpus=catalog.instances[pool.instance_types[0]].value.vcpus,
                capacity=_quota_of(capacity),
                # The nodes of a rolling change are among them.
                nodes_max=pool.maximum,
                nodes_surge=0,
                cluster=eks.name,
            )


def _quota_of(capacity: SpecCapacity) -> Capacity:
    """What is reserved counts against the quota of on-demand instances."""
    return "on-demand" if capacity == "reservation" else capacity


def _models(plan: Plan) -> list[ModelNeeds]:
    stored = weight_bytes(plan.architecture) if plan.architecture else None
    sources = [model.source.text for model in plan.settings.models if model.source.kind == "hf"]
    places = [source.removeprefix("hf:").partition("@") for source in sources]
    return [
        ModelNeeds(
            path="slipway:model.source",
            repository=repository,
            revision=revision,
            weight_bytes=stored,
        )
        for repository, _, revision in places
    ]


def _endpoints(plan: Plan, chosen: Candidate) -> list[EndpointNeeds]:
    if plan.settings.target != "hf-endpoint" or chosen.hf_hardware is None:
        return []
    spec = plan.endpoint
    wanted = EndpointNeeds(
        path="slipway:huggingFace",
        hardware=chosen.hf_hardware,
        region=(spec.region or None) if spec else None,
        replicas_max=chosen.replicas[1],
        namespace=(spec.namespace or None) if spec else None,
        endpoint=spec.name if spec and spec.namespace else None,
    )
    return [wanted]
