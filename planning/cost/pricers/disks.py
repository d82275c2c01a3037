"""EBS volumes, alone and of nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from planning.catalog.rows.cost import CostKindFacts
from planning.cost.amount import fixed
from planning.cost.line import Line, PriceUsed, UnpricedError
from planning.cost.prices import service_price
from planning.cost.resource import Resource, value_at, whole
from planning.cost.stack import Stack

_FREE_IOPS, _FREE_MIB = 3000, 125
"""Of a gp3 volume: part of its price."""


@dataclass(frozen=True, kw_only=True)
class Disk:
    kind: str
    """EBS's own name."""
    gib: int
    iops: int = _FREE_IOPS
    mib: int = _FREE_MIB
    """A second."""


def volume(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    disk = disk_of(resource.inputs, ("type", "size", "iops", "throughput"))
    usd, how, prices = monthly(disk, stack, resource.region)
    return Line(urn=resource.urn, kind="priced", how=how, amount=fixed(usd), prices=prices)


def disk_of(inputs: Mapping[str, Any], names: tuple[str, str, str, str]) -> Disk:
    """`names`: of the inputs for kind, GiB, IOPS and MiB/s. Raises UnpricedError."""
    kind, size, iops, throughput = (value_at(inputs, name) for name in names)
    if size is None:
        raise UnpricedError("the size of its disk is the image's, which is not known")
    return Disk(
        kind=str(kind or "gp2"),
        gib=whole(size, "the size of its disk"),
        iops=whole(iops or _FREE_IOPS, "its IOPS"),
        mib=whole(throughput or _FREE_MIB, "its throughput"),
    )


def monthly(
    disk: Disk, stack: Stack, region: str | None
) -> tuple[Decimal, str, tuple[PriceUsed, ...]]:
    """Dollars, how, and the rows. Raises UnpricedError."""
    if disk.kind not in ("gp2", "gp3"):
        raise UnpricedError(f"no price of {disk.kind} volumes is known")
    each, used = service_price(stack.catalog, region, disk.kind)
    usd, how, prices = each * disk.gib, f"{disk.gib} GiB {disk.kind} x ${each}", [used]
    more = (
        ("gp3-iops", disk.iops - _FREE_IOPS, "IOPS"),
        ("gp3-throughput", disk.mib - _FREE_MIB, "MiB/s"),
    )
    for name, count, unit in more if disk.kind == "gp3" else ():
        if count > 0:
            each, used = service_price(stack.catalog, region, name)
            usd, how = usd + each * count, f"{how} + {count} {unit} x ${each}"
            prices.append(used)
    return usd, how, tuple(prices)
