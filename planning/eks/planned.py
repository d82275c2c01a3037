"""What a plan makes on AWS, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass

from components.specs.aws import EksSpec
from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.checks.eks import eks_problems, layout_problems
from planning.checks.eks.facts import EksFacts
from planning.cluster import planned_cluster
from planning.eks.cost import Cost, cost_of
from planning.eks.features import needs_of
from planning.eks.operators import with_operators
from planning.eks.serving import on_eks
from planning.eks.spec import eks_spec
from planning.placed import Placed
from planning.problems import Problem
from planning.settings import Settings


@dataclass(frozen=True, kw_only=True)
class EksPart:
    spec: EksSpec | None
    """None where nothing is chosen, or something is missing that only the stack file can name."""
    problems: tuple[Problem, ...]
    cost: Cost | None = None
    """Of `spec`."""


def planned_eks(
    settings: Settings,
    project: str,
    stack: str,
    model: Architecture,
    row: ModelRow | None,
    placed: Placed,
    catalog: Catalog,
    today: str,
) -> EksPart:
    chosen = placed.chosen
    if chosen is None or chosen.instance is None:
        return EksPart(spec=None, problems=())
    needs = needs_of(settings, chosen)
    settled = with_operators(settings, chosen, needs, catalog)
    facts = EksFacts(settings=settled, chosen=chosen, needs=needs, catalog=catalog)
    layout = tuple(layout_problems(facts))
    cluster = planned_cluster(settled, stack, model, row, placed, catalog)
    problems = (*layout, *eks_problems(facts), *cluster.problems)
    if layout or cluster.spec is None:
        return EksPart(spec=None, problems=problems)
    serving = on_eks(cluster.spec, settled, chosen, catalog)
    spec = eks_spec(settled, project, stack, chosen, needs, serving, catalog)
    return EksPart(spec=spec, problems=problems, cost=cost_of(spec, stack, placed, catalog, today))
