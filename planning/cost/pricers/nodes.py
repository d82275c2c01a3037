"""Instances and groups of them, with their disks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from planning.catalog.rows.cost import CostKindFacts
from planning.cost.amount import Amount, fixed, total
from planning.cost.line import Line, PriceUsed, UnpricedError
from planning.cost.pricers import disks
from planning.cost.prices import instance_price
from planning.cost.resource import Resource, count_at, value_at
from planning.cost.stack import Stack
from planning.month import HOURS

_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_EKS_DISK_GIB = 20
"""Of a managed node without a template."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """A month of one, between the cheapest and the dearest that it can be."""

    amount: Amount
    how: str
    prices: tuple[PriceUsed, ...]
    beside: tuple[str, ...] = ()


def node_group(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    template = _template(resource, stack, resource.get("launchTemplate", default={}))
    types = resource.get("instanceTypes", default=[]) or _template_type(template)
    capacity = str(resource.get("capacityType", default="ON_DEMAND"))
    if capacity not in ("ON_DEMAND", "SPOT"):
        raise UnpricedError(f"what {capacity} costs is agreed with AWS, and not listed")
    kinds = _template_disks(template) if template else ()
    if not kinds:
        gib = count_at(resource, "diskSize", default=_EKS_DISK_GIB)
        kinds = (disks.Disk(kind="gp3", gib=gib), disks.Disk(kind="gp2", gib=gib))
        spread = True
    else:
        spread = False
    node = node_of(types, stack, resource.region, spot=capacity == "SPOT", first=True)
    node = with_disks(node, kinds, stack, resource.region, either=spread)
    least, most = (count_at(resource, "scalingConfig", key) for key in ("minSize", "maxSize"))
    return counted(resource, node, least, most)


def auto_scaling_group(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    if resource.get("mixedInstancesPolicy") is not None:
        raise UnpricedError("a policy of mixed instances, whose shares are not priced")
    template = _template(resource, stack, resource.get("launchTemplate", default={}))
    if template is None:
        raise UnpricedError("its launch template is not in this stack")
    spot = template.get("instanceMarketOptions", "marketType") == "spot"
    node = node_of(_template_type(template), stack, resource.region, spot=spot)
    node = with_disks(node, _template_disks(template), stack, resource.region)
    return counted(resource, node, count_at(resource, "minSize"), count_at(resource, "maxSize"))


def instance(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    spot = resource.get("instanceMarketOptions", "marketType") == "spot"
    node = node_of([resource.get("instanceType")], stack, resource.region, spot=spot)
    root = resource.get("rootBlockDevice", default={})
    names = ("volumeType", "volumeSize", "iops", "throughput")
    parts = [root] if value_at(root, "volumeSize") is not None else []
    parts += cast("list[Any]", resource.get("ebsBlockDevices", default=[]))
    node = with_disks(node, [disks.disk_of(part, names) for part in parts], stack, resource.region)
    return counted(resource, node, 1, 1)


def node_of(
    types: Any, stack: Stack, region: str | None, *, spot: bool, first: bool = False
) -> Node:
    """`first`: the others stand in where that type has no capacity; else the cheapest is taken.
    Raises UnpricedError where one of the types has no price: it may be the dearest."""
    names = [name for name in cast("list[Any]", types or []) if name]
    if not names:
        raise UnpricedError("no instance type is named")
    rows = [instance_price(stack.catalog, region, str(value_at([n], 0))) for n in names]
    prices = [usd for usd, _ in rows]
    low, high = min(prices), max(prices)
    span = f"${low}/h" if low == high else f"${low} to ${high}/h"
    amount = Amount(
        # What spot costs is an auction's: no more than on demand, which it falls back to.
        minimum=None if spot else low * HOURS,
        expected=None if spot else (prices[0] if first else low) * HOURS,
        maximum=high * HOURS,
    )
    bought = " on demand at most; less as spot, by a price that is not known" if spot else ""
    how = f"{' or '.join(map(str, names))} at {span} x {HOURS} h{bought}"
    return Node(amount=amount, how=how, prices=tuple(used for _, used in rows))


def with_disks(
    node: Node,
    kinds: Sequence[disks.Disk],
    stack: Stack,
    region: str | None,
    *,
    either: bool = False,
) -> Node:
    """`either`: it has one of them, and nobody says which."""
    found = [disks.monthly(disk, stack, region) for disk in kinds]
    amounts = [usd for usd, _, _ in found]
    joined = (" or " if either else " + ").join(how for _, how, _ in found)
    return Node(
        amount=total([node.amount, _span(amounts) if either else fixed(sum(amounts, Decimal(0)))]),
        how=f"{node.how} + {joined}" if found else node.how,
        prices=(*node.prices, *(used for _, _, rows in found for used in rows)),
        beside=() if found else ("a disk of the image's own size is not counted",),
    )


def counted(resource: Resource, node: Node, least: int, most: int) -> Line:
    if most < least:
        raise UnpricedError(f"at least {least} and at most {most}")
    return Line(
        urn=resource.urn,
        kind="priced",
        how=f"{count_of(resource, least, most)} x ({node.how})",
        amount=node.amount.times(least, most, resource.average),
        prices=node.prices,
        beside=node.beside,
    )


def count_of(resource: Resource, least: int, most: int) -> str:
    if least == most:
        return f"{least}"
    mean = resource.average
    return f"{least} to {most}" + (f", {mean.normalize():.4g} on average," if mean else "")


def _span(amounts: Sequence[Decimal]) -> Amount:
    low, high = min(amounts), max(amounts)
    return Amount(minimum=low, expected=low if low == high else None, maximum=high)


def _template(resource: Resource, stack: Stack, reference: Any) -> Resource | None:
    """Raises UnpricedError for one that is named and not in this stack: its disks are not known."""
    if not isinstance(reference, Mapping) or not reference:
        return None
    value = cast("Mapping[str, Any]", reference)
    found = stack.made_from(resource, "launchTemplate", value.get("id"), _TEMPLATE)
    if found is None:
        raise UnpricedError("its launch template is not in this stack")
    return found


def _template_type(template: Resource | None) -> list[Any]:
    return [template.get("instanceType")] if template else []


def _template_disks(template: Resource) -> list[disks.Disk]:
    mappings = cast("list[Any]", template.get("blockDeviceMappings", default=[]))
    names = ("volumeType", "volumeSize", "iops", "throughput")
    return [disks.disk_of(value_at(one, "ebs", default={}), names) for one in mappings]
