"""What is made on AWS, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from planning.report.eks_document import CostLinePart, EksPart, PoolPart


def eks_rows(part: EksPart) -> Iterator[tuple[str, str]]:
    """Name and text of each line."""
    protected = ", protected" if part.protected else ""
    yield (
        "aws",
        f"EKS {part.kubernetes_version} in {part.region}, environment {part.environment}"
        f"{protected}; API server: {part.api_server}",
    )
    yield "network", part.network
    yield "edge", part.edge
    for pool in part.pools:
        yield "nodes", _pool(pool)
    yield "add-ons", ", ".join(f"{one.name} {one.version}" for one in part.addons)
    yield "first up", part.first_up
    yield "kept", "; ".join(part.kept)
    yield "month", month(part)


def cost_table(part: EksPart) -> Table:
    table = Table(title="a month", title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("item", no_wrap=True)
    for name in ("min $", "expected $", "max $"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("how")
    for line in part.costs:
        table.add_row(line.item, *amounts(line), line.how)
    return table


def amounts(line: CostLinePart) -> tuple[str, str, str]:
    """A dash: not known, which is not 0."""
    low, mean, high = (
        "-" if usd is None else f"{usd:,.2f}"
        for usd in (line.minimum_usd, line.expected_usd, line.maximum_usd)
    )
    return low, mean, high


def month(part: EksPart) -> str:
    text = (
        f"{_usd(part.minimum_monthly_usd)} to {_usd(part.maximum_monthly_usd)}, expected "
        f"{_usd(part.expected_monthly_usd)}, of all that has a known price"
    )
    return f"{text}; not known: {', '.join(part.unpriced)}" if part.unpriced else text


def _usd(amount: float | None) -> str:
    return "not known" if amount is None else f"${amount:,.2f}"


def _pool(pool: PoolPart) -> str:
    count = f"{pool.minimum}"
    if pool.maximum != pool.minimum:
        count += f" to {pool.maximum}"
    return (
        f"{pool.name}: {count} x {' or '.join(pool.instance_types)}, "
        f"{', else '.join(pool.capacity)}, {pool.mode}; {pool.image or 'image by EKS'}, "
        f"{pool.disk_gib} GiB; {', '.join(pool.zones)}"
    )
