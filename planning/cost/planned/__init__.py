"""The billed resources of a plan, as a preview would show them: nobody needs credentials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planning.cost.planned.cluster import cluster_resources
from planning.cost.planned.eks import eks_resources
from planning.cost.planned.endpoint import endpoint_resources
from planning.cost.planned.made import Maker
from planning.cost.resource import Resource

if TYPE_CHECKING:
    from planning.plan import Plan


def planned_resources(plan: Plan) -> Iterator[Resource]:
    """Of the plan's target. Raises ValueError for a plan of which nothing can be made."""
    maker = Maker(stack=plan.stack, region=plan.eks.region if plan.eks else None)
    if plan.local is not None:
        for index in range(plan.local.replicas):
            yield maker("local:index:Replica", f"serving-replica-{index}", {})
    elif plan.endpoint is not None and plan.placed is not None:
        yield from endpoint_resources(plan.endpoint, plan.placed.expected, maker)
    elif plan.eks is not None and plan.placed is not None:
        yield from eks_resources(plan.eks, plan.placed, maker)
    elif plan.kubernetes is not None:
        yield from cluster_resources(plan.kubernetes, maker)
    else:
        raise ValueError(f"nothing can be made of {plan.stack}: `python -m planning plan` says why")
