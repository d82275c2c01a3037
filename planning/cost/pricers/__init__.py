"""How a resource comes to a line, by the name that the catalog gives the arithmetic."""

from collections.abc import Callable, Mapping

from planning.catalog.rows.cost import CostKindFacts, PricedBy
from planning.cost.line import Line
from planning.cost.pricers import disks, endpoints, karpenter, kubernetes, nodes, services
from planning.cost.resource import Resource
from planning.cost.stack import Stack

Pricer = Callable[[Resource, Stack, CostKindFacts], Line]
"""Raises UnpricedError where a price or an input is not known."""

PRICERS: Mapping[PricedBy, Pricer] = {
    "hourly": services.hourly,
    "monthly": services.monthly,
    "eks-cluster": services.eks_cluster,
    "interface-endpoint": services.vpc_endpoint,
    "load-balancer": services.load_balancer,
    "web-acl": services.web_acl,
    "certificate": services.certificate,
    "node-group": nodes.node_group,
    "auto-scaling-group": nodes.auto_scaling_group,
    "instance": nodes.instance,
    "volume": disks.volume,
    "node-pool": karpenter.node_pool,
    "service": kubernetes.service,
    "ingress": kubernetes.ingress,
    "claim": kubernetes.claim,
    "release": kubernetes.release,
    "inference-endpoint": endpoints.inference_endpoint,
}
