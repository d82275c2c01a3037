"""What would be deployed, in the words of the compatibility rules."""

from __future__ import annotations

from planning.choice.site import Site
from planning.choice.wanted import Wanted
from planning.compatibility import Deployment


def deployment(
    wanted: Wanted,
    site: Site,
    engine: str,
    *,
    storage: str | None = None,
    nodes: int = 1,
    named: bool = True,
) -> Deployment:
    """Without `named` the GPU stands for every instance that has it."""
    clustered = wanted.target in ("kubernetes", "eks")
    instance = site.instance if named else None
    return Deployment(
        engine=engine,
        storage=storage,
        backend=wanted.backend,
        gpu=site.gpu,
        instance=instance,
        region=wanted.region if instance else None,
        capacity=wanted.capacity,
        nodes_per_replica=nodes,
        ami=wanted.ami if clustered else None,
        driver=wanted.driver if clustered else None,
        node_mode=wanted.node_mode if wanted.target == "eks" else None,
        allocation=wanted.allocation,
        kubernetes=wanted.kubernetes if clustered else None,
        eks=wanted.target == "eks",
        operators=wanted.operators if clustered else {},
        hf_hardware=site.hf_hardware if named else None,
    )
