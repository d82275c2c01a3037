"""What an EKS stack makes that is billed, or tells how much is."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import EksSpec, NetworkSpec
from planning.cost.planned.averages import averages
from planning.cost.planned.cluster import claims
from planning.cost.planned.made import Maker
from planning.cost.planned.nodes import pool_resources
from planning.cost.planned.pods import replicas
from planning.cost.resource import Resource
from planning.placed import Placed

_WEB_ACL_RULES = 4
"""Of components/aws/web_acl.py: a test holds the two together."""


def eks_resources(spec: EksSpec, placed: Placed, maker: Maker) -> Iterator[Resource]:
    """Nodes last: they are told by what comes before."""
    cluster = {
        "version": spec.cluster.version,
        **({"computeConfig": {"enabled": True}} if spec.cluster.auto_mode else {}),
    }
    yield maker("aws:eks/cluster:Cluster", "cluster-cluster", cluster)
    yield maker("aws:cloudwatch/logGroup:LogGroup", "cluster-logs", {})
    if spec.cluster.encrypt_secrets:
        yield maker("aws:kms/key:Key", "key-key", {})
    yield from _network(spec.network, maker)
    yield from _edge(spec, maker)
    yield from _kept(spec, maker)
    yield replicas(spec.serving, maker)
    yield from claims(spec.serving, maker)
    means = averages(spec, placed)
    pools = (*([spec.system_pool] if spec.system_pool else []), *spec.pools)
    for pool in pools:
        yield from pool_resources(pool, spec.serving, means[pool.name], maker)


def _network(network: NetworkSpec, maker: Maker) -> Iterator[Resource]:
    if network.existing is not None:
        return
    zones = [zone.name for zone in network.zones]
    count = {"none": 0, "single": 1, "per-zone": len(zones)}[network.nat]
    for zone in zones[:count]:
        yield maker("aws:ec2/eip:Eip", f"network-nat-{zone}-address", {})
        yield maker("aws:ec2/natGateway:NatGateway", f"network-nat-{zone}", {})
    for service in network.interface_endpoints:
        inputs = {"vpcEndpointType": "Interface", "subnetIds": zones}
        name = f"network-endpoints-{service.replace('.', '-')}"
        yield maker("aws:ec2/vpcEndpoint:VpcEndpoint", name, inputs)
    if network.flow_log_days is not None:
        yield maker("aws:cloudwatch/logGroup:LogGroup", "network-flow-logs-group", {})


def _edge(spec: EksSpec, maker: Maker) -> Iterator[Resource]:
    if spec.edge is None:
        return
    name = spec.serving.name
    if spec.edge.kind == "nlb":
        body = {"type": "LoadBalancer", "loadBalancerClass": "service.k8s.aws/nlb"}
        yield maker.of_cluster("core/v1", "Service", f"{name}-edge", body)
    else:
        body = {"ingressClassName": "alb"}
        yield maker.of_cluster("networking.k8s.io/v1", "Ingress", f"{name}-edge", body)
    if spec.edge.waf:
        yield maker("aws:wafv2/webAcl:WebAcl", "edge-web-acl-acl", {"rules": [{}] * _WEB_ACL_RULES})
        yield maker("aws:cloudwatch/logGroup:LogGroup", "edge-web-acl-log", {})


def _kept(spec: EksSpec, maker: Maker) -> Iterator[Resource]:
    if spec.registry is not None:
        yield maker("aws:ecr/repository:Repository", "registry-repository", {})
    if spec.weights is not None:
        yield maker("aws:s3/bucket:Bucket", "weights-bucket", {})
    if spec.karpenter is not None:
        yield maker("aws:sqs/queue:Queue", "interruptions-queue", {})
    for secret in spec.secrets:
        if secret.existing_arn is None:
            yield maker("aws:secretsmanager/secret:Secret", f"secrets-{secret.kind}", {})
