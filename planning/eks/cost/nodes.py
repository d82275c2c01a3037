"""Nodes and their disks: from the fewest to the most that a pool may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from components.specs.aws import EksSpec, NodePoolSpec
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.eks.cost.prices import rate, source
from planning.eks.cost.value import NODES, CostLine, unpriced
from planning.eks.pools import SERVES
from planning.expected import Expected
from planning.month import HOURS


def node_lines(
    spec: EksSpec, chosen: Candidate, expected: Expected | None, catalog: Catalog
) -> Iterator[CostLine]:
    pools = [spec.system_pool] if spec.system_pool else []
    serving = [pool for pool in spec.pools if SERVES in pool.labels]
    others = [pool for pool in spec.pools if SERVES not in pool.labels]
    means = _means(serving, _wanted(chosen, expected))
    for pool in (*pools, *others):
        yield from _pool(spec.region, pool, Decimal(pool.minimum), catalog)
    for pool, mean in zip(serving, means, strict=True):
        yield from _pool(spec.region, pool, mean, catalog)
    if spec.system_pool is None:
        yield unpriced(f"{NODES}Auto Mode", "EKS chooses them, for all but the model")


def _wanted(chosen: Candidate, expected: Expected | None) -> Decimal | None:
    """Nodes for the model on average; None: not known."""
    if expected is None or expected.levels is None:
        return None
    return sum(
        (Decimal(share) * chosen.nodes(count) for share, count in expected.levels), Decimal(0)
    )


def _means(pools: Sequence[NodePoolSpec], wanted: Decimal | None) -> list[Decimal | None]:
    """The first pools are filled first; none has fewer nodes than it keeps."""
    means: list[Decimal | None] = []
    for pool in pools:
        if wanted is None:
            means.append(None)
            continue
        mean = min(max(wanted, Decimal(pool.minimum)), Decimal(pool.maximum))
        means.append(mean)
        wanted -= mean
    return means


def _pool(
    region: str, pool: NodePoolSpec, mean: Decimal | None, catalog: Catalog
) -> Iterator[CostLine]:
    item = f"{NODES}pool {pool.name}"
    rows = [catalog.on_demand(name, region) for name in pool.instance_types]
    prices = [row.value.usd_per_hour for row in rows if row]
    if len(prices) < len(rows):
        yield unpriced(item, f"no on-demand price of {', '.join(pool.instance_types)} in {region}")
    else:
        spot, low, high = pool.capacity[0] != "on-demand", min(prices), max(prices)
        span = f"${low}/h" if low == high else f"${low} to ${high}/h"
        least = None if spot else pool.minimum * low * HOURS
        kind = (
            f"; what {pool.capacity[0]} costs is not known, and no more than that" if spot else ""
        )
        yield CostLine(
            item=item,
            how=f"{_count(pool, mean)} of {pool.instance_types[0]} x {span} x {HOURS} h{kind}",
            minimum=Decimal(0) if pool.minimum == 0 else least,
            expected=None if spot or mean is None else mean * low * HOURS,
            maximum=pool.maximum * high * HOURS,
            sources=tuple(f"{row.id}: {row.source} ({row.date})" for row in rows if row),
        )
    yield _disks(region, pool, mean, catalog)


def _disks(region: str, pool: NodePoolSpec, mean: Decimal | None, catalog: Catalog) -> CostLine:
    item, usd = f"disks of pool {pool.name}", rate(catalog, region, "gp3")
    if usd is None:
        return unpriced(item, f"no price of gp3 in {region} is known")
    one = pool.disk.gib * usd
    plain = pool.disk.iops <= 3000 and pool.disk.throughput_mib <= 125
    more = "" if plain else f"; {pool.disk.throughput_mib} MiB/s cost more, which is not known"
    return CostLine(
        item=item,
        how=f"{_count(pool, mean)} x {pool.disk.gib} GiB x ${usd}/GB-month{more}",
        minimum=pool.minimum * one if plain or pool.minimum == 0 else None,
        expected=mean * one if plain and mean is not None else None,
        maximum=pool.maximum * one if plain else None,
        sources=(source(catalog, region, "gp3"),),
    )


def _count(pool: NodePoolSpec, mean: Decimal | None) -> str:
    if pool.minimum == pool.maximum:
        return f"{pool.minimum}"
    average = "not known" if mean is None else f"{mean.normalize():f}"
    return f"{pool.minimum} to {pool.maximum} (on average {average})"
