"""Objects of a cluster that make a cloud bill something."""

from __future__ import annotations

from planning.catalog.rows.cost import CostKindFacts
from planning.cost.amount import fixed
from planning.cost.line import Line, UnpricedError
from planning.cost.pricers import disks
from planning.cost.pricers.karpenter import quantity
from planning.cost.pricers.services import balancer
from planning.cost.resource import Resource, whole
from planning.cost.stack import Stack

_NLB = ("service.k8s.aws/nlb", "eks.amazonaws.com/nlb")
_ALB = ("ingress.k8s.aws/alb", "eks.amazonaws.com/alb")
_EBS = ("ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com")


def service(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    if resource.get("spec", "type", default="ClusterIP") != "LoadBalancer":
        return Line(urn=resource.urn, kind="free", how="an address inside of the cluster")
    if resource.get("spec", "loadBalancerClass") not in _NLB:
        raise UnpricedError("which load balancer the cluster makes of it is not known")
    return balancer(resource, stack, "nlb", resource.region)


def ingress(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    name = resource.get("spec", "ingressClassName")
    classes = [one.get("spec", "controller") for one in stack.objects("IngressClass", name)]
    if any(one in _ALB for one in classes) or (name == "alb" and not classes):
        return balancer(resource, stack, "alb", resource.region)
    raise UnpricedError(f"what the cluster's ingress class {name} costs is not known")


def claim(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    """A volume lives as long as its claim, and longer where it is kept."""
    name = resource.get("spec", "storageClassName")
    classes = list(stack.objects("StorageClass", name))
    if not classes or classes[0].get("provisioner") not in _EBS:
        raise UnpricedError(f"what storage class {name or 'by default'} costs is not known")
    gib = quantity(resource.get("spec", "resources", "requests", "storage")) / 2**30
    disk = disks.Disk(
        kind=str(classes[0].get("parameters", "type", default="gp3")),
        gib=whole(gib, "its size"),
    )
    usd, how, prices = disks.monthly(disk, stack, resource.region)
    return Line(urn=resource.urn, kind="priced", how=how, amount=fixed(usd), prices=prices)


def release(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    """A chart of the catalog makes pods alone; of another nobody sees what it makes."""
    chart = str(resource.get("chart", default="")).rpartition("/")[2]
    if chart in {row.value.chart.rpartition("/")[2] for row in stack.catalog.charts.values()}:
        return Line(urn=resource.urn, kind="free", how="pods on nodes, which are priced")
    raise UnpricedError(f"what chart {chart} makes is not shown in a preview")
