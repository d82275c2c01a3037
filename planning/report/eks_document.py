"""The part of the plan's JSON about AWS."""

from __future__ import annotations

from planning.report.part import Part


class AddonPart(Part):
    """An EKS add-on."""

    name: str
    """As EKS names it."""
    version: str
    """`unresolved`: not known, and `up` refuses it."""


class PoolPart(Part):
    """Nodes of one kind."""

    name: str
    """Of the pool."""
    mode: str
    """`managed`, `karpenter` or `auto`."""
    instance_types: tuple[str, ...]
    """The first is meant, the rest may stand in."""
    capacity: tuple[str, ...]
    """How they are bought, the first wish first."""
    minimum: int
    """Fewest nodes."""
    maximum: int
    """Most nodes."""
    zones: tuple[str, ...]
    """Where."""
    image: str | None
    """Machine image; null: EKS chooses."""
    disk_gib: int
    """Root volume of a node."""


class CostLinePart(Part):
    """US dollars of a month of 730 hours."""

    item: str
    """What is paid for."""
    how: str
    """Amount times price, or why there is none."""
    minimum_usd: float | None
    """With the fewest nodes; null: not known."""
    expected_usd: float | None
    """On average, by `traffic`; null: not known."""
    maximum_usd: float | None
    """With the most nodes; null: not known."""


class EksPart(Part):
    """What is made on AWS."""

    region: str
    """Where."""
    environment: str
    """What the defaults are for."""
    protected: bool
    """Whether destroy is refused."""
    kubernetes_version: str
    """Of the control plane."""
    network: str
    """The VPC, its zones and its way out."""
    api_server: str
    """Who reaches it."""
    edge: str
    """How requests come in."""
    addons: tuple[AddonPart, ...]
    """Of the cluster."""
    pools: tuple[PoolPart, ...]
    """The system's first."""
    secrets: tuple[str, ...]
    """In Secrets Manager."""
    costs: tuple[CostLinePart, ...]
    """Item by item."""
    minimum_monthly_usd: float | None
    """Of all that has a known price, with the fewest nodes; null: nodes have none."""
    expected_monthly_usd: float | None
    """The same on average."""
    maximum_monthly_usd: float | None
    """The same with the most nodes, which the budget is held against."""
    unpriced: tuple[str, ...]
    """Items of which something has no known price: they come on top."""
    first_up: str
    """How long the first `up` takes, as far as it is known."""
    kept: tuple[str, ...]
    """What destroy leaves, and what that goes on to cost."""
