"""What a plan needs online."""

from __future__ import annotations

from operations.preflight.cluster.from_spec import cluster_needs
from operations.preflight.needs import EndpointNeeds, ModelNeeds, Needs, PoolNeeds
from planning.architecture.weights import weight_bytes
from planning.catalog import load_catalog
from planning.choice import Candidate
from planning.plan import Plan

# A rolling change starts one replica before it stops one.
_SURGE_REPLICAS = 1


def needs_of_plan(plan: Plan) -> Needs:
    """Instances of `eks`, hardware of `hf-endpoint`, models of the hub for every target,
    what must be on the cluster of `kubernetes`.

    Nothing for what comes from this machine or a wheel.
    """
    chosen = plan.placed.chosen if plan.placed else None
    return Needs(
        pools=tuple(_pools(plan, chosen)) if chosen else (),
        models=tuple(_models(plan)),
        endpoints=tuple(_endpoints(plan, chosen)) if chosen else (),
        cluster=cluster_needs(plan.kubernetes) if plan.kubernetes else None,
    )


def _pools(plan: Plan, chosen: Candidate) -> list[PoolNeeds]:
    if plan.settings.target != "eks" or chosen.instance is None:
        return []
    nodes = chosen.nodes(chosen.replicas[1])
    zones = (plan.settings.pool.zones if plan.settings.pool else None) or plan.settings.aws.zones
    pool = PoolNeeds(
        path="slipway:aws",
        region=plan.settings.aws.region,
        zones=zones or (),
        instance_type=chosen.instance,
        vcpus=load_catalog().instances[chosen.instance].value.vcpus,
        # What is reserved counts against the quota of on-demand instances.
        capacity="on-demand" if chosen.capacity == "reservation" else chosen.capacity,
        nodes_max=nodes,
        nodes_surge=chosen.nodes(chosen.replicas[1] + _SURGE_REPLICAS) - nodes,
        cluster=None,
    )
    return [pool]


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
