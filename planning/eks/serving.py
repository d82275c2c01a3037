"""The half on Kubernetes: as the target `kubernetes` makes it, on nodes and behind a load balancer
that are made here."""

from __future__ import annotations

from dataclasses import replace

from components.specs.cluster import (
    ClusterGatewaySpec,
    KubernetesSpec,
    PlacementSpec,
    StoreSpec,
    TolerationSpec,
)
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.eks.defaults import edge_kind
from planning.eks.edge import until_unchosen
from planning.eks.pools import SERVES, adapters
from planning.eks.storage import repository_name
from planning.settings import Settings
from planning.settings.pool import Pool


def on_eks(
    spec: KubernetesSpec, settings: Settings, chosen: Candidate, catalog: Catalog
) -> KubernetesSpec:
    """`spec` as it was planned without knowing its nodes."""
    workload = replace(
        spec.workload,
        placement=_placement(spec, settings, chosen, catalog),
        store=_store(spec.workload.store),
        hub_token_secret=_hub_token(spec, settings),
    )
    build = spec.build
    if build is not None:
        # Registry and account come first once the repository is made. Its tags never change, which
        # leaves no room for a cache of layers.
        build = replace(build, repository=repository_name(spec.name, build.name), cache=False)
    return replace(
        spec,
        kubeconfig=None,
        context=None,
        build=build,
        workload=workload,
        gateway=_gateway(spec, settings, catalog),
    )


def _store(store: StoreSpec) -> StoreSpec:
    """A node's own disks hold all that its pods write: no claim is needed for them."""
    return replace(store, kind="fetched", storage_class=None) if store.kind == "node" else store


def _hub_token(spec: KubernetesSpec, settings: Settings) -> str | None:
    """Brought from Secrets Manager, or already in the namespace."""
    if settings.aws.secrets.hub_token is not None:
        return f"{spec.name}-hub-token"
    return spec.workload.hub_token_secret


def _placement(
    spec: KubernetesSpec, settings: Settings, chosen: Candidate, catalog: Catalog
) -> PlacementSpec:
    """Any node that serves this stack, whichever pool it is of."""
    place, pool = spec.workload.placement, settings.pool or Pool()
    facts = catalog.instances[chosen.instance or ""].value
    there = adapters(pool, facts, together=chosen.nodes_per_replica > 1)
    own = TolerationSpec(key=SERVES, value=spec.name, effect="NoSchedule")
    return replace(
        place,
        efa=there // chosen.replicas_per_node,
        node_selector={SERVES: spec.name},
        tolerations=(*place.tolerations, *(() if place.gpus else (own,))),
    )


def _gateway(spec: KubernetesSpec, settings: Settings, catalog: Catalog) -> ClusterGatewaySpec:
    """It answers new connections for as long as the load balancer may still send some."""
    gateway = spec.gateway
    longer = max(0, until_unchosen(settings, catalog) - gateway.pre_stop_seconds)
    behind = edge_kind(settings.aws) == "nlb"
    return replace(
        gateway,
        service="LoadBalancer" if behind else gateway.service,
        pre_stop_seconds=gateway.pre_stop_seconds + longer,
        grace_seconds=gateway.grace_seconds + longer,
    )
