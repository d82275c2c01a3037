"""The cluster and its nodes, with all rights that they and their pods have."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulumi import Output, Resource

from components.aws.access import ClusterAccess, ClusterAccessArgs
from components.aws.addons import Addons, AddonsArgs
from components.aws.cluster import ControlPlane, ControlPlaneArgs
from components.aws.identity import PodIdentities, PodIdentitiesArgs, ScopeArgs
from components.aws.karpenter import Interruptions, InterruptionsArgs
from components.aws.node_role import NodeEntry, NodeEntryArgs, NodeRole, NodeRoleArgs
from components.aws.pools import ManagedPool, ManagedPoolArgs
from components.specs.aws import EksSpec, NodePoolSpec
from stacks.eks.site import EksSite
from stacks.eks.storage import Storage


@dataclass(frozen=True, kw_only=True)
class EksCluster:
    plane: ControlPlane
    access: ClusterAccess
    nodes: NodeRole
    """Of the nodes that EKS starts, Auto Mode's too."""
    launched: NodeEntry | None
    """What Karpenter starts nodes with; None without Karpenter."""
    interruptions: Interruptions | None
    ready: tuple[Resource, ...]
    """To wait for, by pods: nodes, add-ons and rights."""


def eks_cluster(spec: EksSpec, site: EksSite, kept: Storage) -> EksCluster:
    scope = replace(site.scope(spec), cache_prefix=kept.cache_prefix)
    nodes = _node_role("nodes", spec, site, scope)
    plane = _plane(spec, site, nodes)
    access = _access(spec, site, plane)
    first = _addons("addons-first", spec, site, plane, before_nodes=True)
    launched_role = _node_role("launched", spec, site, scope) if spec.karpenter else None
    interruptions = _interruptions(spec, site) if spec.karpenter else None
    identities = PodIdentities(
        "identities",
        PodIdentitiesArgs(
            spec=spec.identity,
            scope=_pod_scope(spec, scope, site, kept, launched_role, interruptions),
            tags=spec.tags,
        ),
        site.child(plane.resources.cluster),
    )
    rights = tuple(pod.association for pod in identities.resources.values())
    before = (*nodes.everything, *site.network.ready, *first.resources.values(), *rights)
    pools = [
        _pool(pool, spec, site, plane, nodes, before)
        for pool in (*([spec.system_pool] if spec.system_pool else ()), *spec.pools)
        if pool.mode == "managed"
    ]
    groups = tuple(group for pool in pools for group in pool.resources.groups.values())
    rest = _addons("addons", spec, site, plane, *groups, before_nodes=False)
    return EksCluster(
        plane=plane,
        access=access,
        nodes=nodes,
        launched=_entry(spec, site, plane, launched_role) if launched_role else None,
        interruptions=interruptions,
        ready=(*before, *groups, *rest.resources.values()),
    )


def _node_role(name: str, spec: EksSpec, site: EksSite, scope: ScopeArgs) -> NodeRole:
    args = NodeRoleArgs(scope=scope, identity=spec.identity, tags=spec.tags)
    return NodeRole(name, args, site.child())


def _plane(spec: EksSpec, site: EksSite, nodes: NodeRole) -> ControlPlane:
    return ControlPlane(
        "cluster",
        ControlPlaneArgs(
            name=spec.name,
            spec=spec.cluster,
            partition=spec.partition,
            subnets=list(site.network.private_subnets.values()),
            key_arn=site.key_arn,
            auto_node_role=nodes.arn if spec.cluster.auto_mode else None,
            identity=spec.identity,
            after=(site.interfaces,),
            tags=spec.tags,
            protect=spec.protect,
        ),
        site.child(),
    )


def _access(spec: EksSpec, site: EksSite, plane: ControlPlane) -> ClusterAccess:
    return ClusterAccess(
        "access",
        ClusterAccessArgs(
            cluster=plane.name,
            admins=spec.cluster.admins,
            partition=spec.partition,
            tags=spec.tags,
        ),
        site.child(),
    )


def _addons(
    name: str,
    spec: EksSpec,
    site: EksSite,
    plane: ControlPlane,
    *after: Resource,
    before_nodes: bool,
) -> Addons:
    specs = tuple(one for one in spec.cluster.addons if one.before_nodes is before_nodes)
    args = AddonsArgs(cluster=plane.name, specs=specs, after=after, tags=spec.tags)
    return Addons(name, args, site.child())


def _interruptions(spec: EksSpec, site: EksSite) -> Interruptions:
    return Interruptions("interruptions", InterruptionsArgs(tags=spec.tags), site.child())


def _pod_scope(
    spec: EksSpec,
    scope: ScopeArgs,
    site: EksSite,
    kept: Storage,
    launched: NodeRole | None,
    interruptions: Interruptions | None,
) -> ScopeArgs:
    secrets = list(kept.secrets.arns.values()) if kept.secrets else []
    key = site.key_arn if site.key_arn is not None else ""
    return replace(
        scope,
        node_role_arn=launched.arn if launched else "",
        queue_arn=interruptions.queue_arn if interruptions else "",
        bucket_arn=kept.weights.arn if kept.weights else "",
        bucket_key_arn=key,
        secret_arns=Output.all(*secrets),
        secret_key_arn=key,
        workspace_arn=spec.prometheus_workspace or "",
    )


def _pool(
    pool: NodePoolSpec,
    spec: EksSpec,
    site: EksSite,
    plane: ControlPlane,
    nodes: NodeRole,
    before: tuple[Resource, ...],
) -> ManagedPool:
    return ManagedPool(
        f"pool-{pool.name}",
        ManagedPoolArgs(
            spec=pool,
            cluster=plane,
            cluster_name=spec.name,
            node_role=nodes.arn,
            subnets=site.network.private_subnets,
            after=before,
            tags=spec.tags,
        ),
        site.child(),
    )


def _entry(spec: EksSpec, site: EksSite, plane: ControlPlane, role: NodeRole) -> NodeEntry:
    args = NodeEntryArgs(role=role, cluster=plane.name, identity=spec.identity, tags=spec.tags)
    return NodeEntry("launched-entry", args, site.child(*role.everything))
