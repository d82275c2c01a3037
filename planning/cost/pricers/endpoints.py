"""Inference Endpoints of Hugging Face."""

from __future__ import annotations

from planning.catalog.rows.cost import CostKindFacts
from planning.cost.amount import ZERO, fixed
from planning.cost.line import Line, PriceUsed, UnpricedError
from planning.cost.pricers.nodes import count_of
from planning.cost.resource import Resource, count_at
from planning.cost.stack import Stack
from planning.month import HOURS


def inference_endpoint(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    size = "/".join(
        str(resource.get(name, default="?")) for name in ("vendor", "instanceType", "instanceSize")
    )
    row = stack.catalog.hf_hardware.get(size)
    if row is None:
        raise UnpricedError(f"no price of {size} at Hugging Face is known")
    usd = row.value.usd_per_hour
    used = PriceUsed(
        id=f"hf_hardware/{row.id}",
        usd=str(usd),
        unit="hour",
        source=row.source,
        date=str(row.date),
    )
    state = resource.get("state")
    if state in ("paused", "scaledToZero"):
        how = f"declared {state}: nothing of ${usd}/h is billed"
        return Line(urn=resource.urn, kind="priced", how=how, amount=ZERO, prices=(used,))
    least, most = (
        count_at(resource, name, default=default)
        for name, default in (("minReplica", 0), ("maxReplica", 1))
    )
    if most < least:
        raise UnpricedError(f"at least {least} and at most {most} replicas")
    return Line(
        urn=resource.urn,
        kind="priced",
        how=f"{count_of(resource, least, most)} x {size} at ${usd}/h x {HOURS} h",
        amount=fixed(usd * HOURS).times(least, most, resource.average),
        prices=(used,),
    )
