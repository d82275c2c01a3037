"""What AWS bills by the hour or the month, as long as it is there."""

from __future__ import annotations

from typing import Any, cast

from planning.catalog.rows.cost import CostKindFacts
from planning.cost.amount import fixed
from planning.cost.line import Line, UnpricedError
from planning.cost.prices import service_price
from planning.cost.resource import Resource
from planning.cost.stack import Stack
from planning.month import HOURS


def hourly(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    return by_hour(resource, stack, kind.price or "", resource.region)


def monthly(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    usd, used = service_price(stack.catalog, resource.region, kind.price or "")
    how = f"1 x ${usd} a month"
    return Line(urn=resource.urn, kind="priced", how=how, amount=fixed(usd), prices=(used,))


def by_hour(
    resource: Resource, stack: Stack, price: str, region: str | None, count: int = 1
) -> Line:
    usd, used = service_price(stack.catalog, region, price)
    how = f"{count} x ${usd}/h x {HOURS} h"
    amount = fixed(usd * count * HOURS)
    return Line(urn=resource.urn, kind="priced", how=how, amount=amount, prices=(used,))


def eks_cluster(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    version = str(resource.get("version", default=""))
    row = stack.catalog.kubernetes_versions.get(version)
    extended = row is not None and stack.today > str(row.value.eks_standard_ends)
    line = by_hour(
        resource, stack, "eks-extended-support" if extended else "eks-cluster", resource.region
    )
    beside = [] if version else ["the version is AWS's choice: extended support costs more"]
    if resource.get("computeConfig", "enabled", default=False) is True:
        beside.append("what Auto Mode takes for each instance is not known")
    return Line(
        urn=line.urn,
        kind="priced",
        how=f"{line.how}, Kubernetes {version or 'of AWS'}"
        + (" in extended support" if extended else ""),
        amount=line.amount,
        prices=line.prices,
        beside=tuple(beside),
    )


def vpc_endpoint(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    which = resource.get("vpcEndpointType", default="Gateway")
    if which == "Gateway":
        return Line(urn=resource.urn, kind="free", how="a gateway endpoint: AWS bills interfaces")
    if which != "Interface":
        raise UnpricedError(f"no price of a {which} endpoint is known")
    subnets = resource.get("subnetIds", default=[])
    return by_hour(
        resource, stack, "interface-endpoint", resource.region, len(cast("list[Any]", subnets)) or 1
    )


def load_balancer(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    which = resource.get("loadBalancerType", default="application")
    names = {"application": "alb", "network": "nlb"}
    if which not in names:
        raise UnpricedError(f"no price of a {which} load balancer is known")
    return balancer(resource, stack, names[which], resource.region)


def balancer(resource: Resource, stack: Stack, name: str, region: str | None) -> Line:
    """An `alb` or `nlb`, without what goes through it."""
    line = by_hour(resource, stack, name, region)
    usd, used = service_price(stack.catalog, region, f"{name}-capacity")
    return Line(
        urn=line.urn,
        kind="priced",
        how=line.how,
        amount=line.amount,
        prices=(*line.prices, used),
        beside=(f"capacity units: ${usd}/h each",),
    )


def web_acl(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    usd, used = service_price(stack.catalog, resource.region, "web-acl")
    each, rule = service_price(stack.catalog, resource.region, "web-acl-rule")
    rules = len(cast("list[Any]", resource.get("rules", default=[])))
    return Line(
        urn=resource.urn,
        kind="priced",
        how=f"1 x ${usd} a month + {rules} rules x ${each} a month",
        amount=fixed(usd + rules * each),
        prices=(used, rule),
        beside=("requests: no price is known",),
    )


def certificate(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    if resource.get("certificateAuthorityArn", default=None) is not None:
        raise UnpricedError("what a private authority takes for a certificate is not known")
    if resource.get("options", "export", default="DISABLED") != "DISABLED":
        raise UnpricedError("what an exportable certificate costs is not known")
    return Line(urn=resource.urn, kind="free", how="a public certificate that AWS's services use")
