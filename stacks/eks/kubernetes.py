"""The cluster's own half: its API, operators, and the pools that come and go with pods."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Output, Resource, ResourceOptions

from components.aws.chart_values import chart_values
from components.aws.drain import Drain, Leftover
from components.aws.kubeconfig import kubeconfig
from components.aws.placement import Placements, PlacementsArgs
from components.aws.user_data import user_data
from components.cluster.node_pools import NodePools, NodePoolsArgs
from components.cluster.objects import Cluster
from components.cluster.operators import Operators, OperatorsArgs
from components.cluster.serving import MadeCluster
from components.kubernetes.karpenter import NodeSite, manifests
from components.specs.aws import EksSpec, NodePoolSpec
from planning.cluster.charts import merged
from stacks.eks.cluster import EksCluster
from stacks.eks.site import EksSite

_MADE_BY_OTHERS: tuple[Leftover, ...] = (
    "load-balancers",
    "security-groups",
    "instances",
    "volumes",
)
_DRAIN_SECONDS = 1800


@dataclass(frozen=True, kw_only=True)
class KubernetesHalf:
    made: MadeCluster
    kubeconfig: Output[str]


def kubernetes_half(spec: EksSpec, site: EksSite, cluster: EksCluster) -> KubernetesHalf:
    config = _kubeconfig(spec, cluster)
    api = Cluster(
        "kubernetes",
        kubeconfig=config,
        namespace=spec.serving.namespace,
        # Made anew it is another one, under its old name too.
        identifier=Output.concat(
            cluster.plane.resources.cluster.arn, "@", cluster.plane.resources.cluster.created_at
        ),
        # Whoever is let in by an entry may need it to take everything away again.
        opts=ResourceOptions(depends_on=[*cluster.access.everything]),
    )
    operators = _operators(spec, site, cluster, api)
    drain = Drain(
        "cluster-drain",
        region=spec.region,
        cluster=spec.name,
        vpc_id=site.network.vpc_id,
        of=_MADE_BY_OTHERS,
        seconds=_DRAIN_SECONDS,
        opts=ResourceOptions(depends_on=[*operators.resources, *cluster.ready]),
    )
    pools = _node_pools(spec, site, cluster, api, drain)
    after = (drain, *pools.resources)
    made = MadeCluster(cluster=api, releases=operators.resources, after=after)
    return KubernetesHalf(made=made, kubeconfig=config)


def _kubeconfig(spec: EksSpec, cluster: EksCluster) -> Output[str]:
    plane = cluster.plane
    return Output.all(plane.endpoint, plane.certificate_authority).apply(
        lambda known: kubeconfig(
            name=spec.name,
            region=spec.region,
            endpoint=known[0],
            certificate_authority=known[1],
            command=spec.cluster.token_command,
        )
    )


def _operators(spec: EksSpec, site: EksSite, cluster: EksCluster, api: Cluster) -> Operators:
    queue = cluster.interruptions.queue_name if cluster.interruptions else None
    told = chart_values(
        cluster=spec.name,
        region=spec.region,
        vpc_id=site.network.vpc_id,
        queue=queue,
        workspace=spec.prometheus_workspace,
    )
    charts = spec.serving.charts
    return Operators(
        "operators",
        OperatorsArgs(
            charts=charts,
            values={chart.name: merged(told.get(chart.name, {}), chart.values) for chart in charts},
            cluster=api,
            after=cluster.ready,
        ),
    )


def _node_pools(
    spec: EksSpec, site: EksSite, cluster: EksCluster, api: Cluster, *after: Resource
) -> NodePools:
    pools = tuple(pool for pool in spec.pools if pool.mode != "managed")
    nodes = cluster.launched.everything if cluster.launched else cluster.nodes.everything
    return NodePools(
        "pools",
        NodePoolsArgs(
            manifests=manifests(spec.serving, pools, _node_site(spec, site, cluster, pools)),
            cluster=api,
            after=(*after, *nodes),
        ),
    )


def _node_site(
    spec: EksSpec, site: EksSite, cluster: EksCluster, pools: tuple[NodePoolSpec, ...]
) -> NodeSite:
    return NodeSite(
        subnets=site.network.private_subnets,
        security_group=cluster.plane.security_group,
        instance_profile=cluster.launched.profile.name if cluster.launched else None,
        node_role=cluster.nodes.name,
        user_data={
            pool.name: user_data(pool, None)
            for pool in pools
            if pool.fast_pull and pool.image is not None
        },
        placement_groups=_placements(spec, site, pools),
        tags=spec.tags,
    )


def _placements(
    spec: EksSpec, site: EksSite, pools: tuple[NodePoolSpec, ...]
) -> dict[str, Output[str]]:
    near = tuple(pool.name for pool in pools if pool.placement_group)
    if not near:
        return {}
    made = Placements("placements", PlacementsArgs(pools=near, tags=spec.tags), site.child())
    return {name: group.name for name, group in made.resources.items()}
