"""What a plan makes on a cluster, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass

from components.specs.cluster import KubernetesSpec
from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.cluster.problems import cluster_problems, renderer_refuses
from planning.cluster.repository_problems import CODE_UNREADABLE, repository_problems
from planning.cluster.spec import kubernetes_spec
from planning.placed import Placed
from planning.problems import Problem
from planning.served import served_name
from planning.settings import Settings

_NOTHING_TO_RENDER = ("contract-unknown", "image-unnamed", CODE_UNREADABLE)


@dataclass(frozen=True, kw_only=True)
class ClusterPart:
    spec: KubernetesSpec | None
    """None where nothing is chosen, or something is missing that only the stack file can name."""
    problems: tuple[Problem, ...]


def planned_cluster(
    settings: Settings,
    stack: str,
    model: Architecture,
    row: ModelRow | None,
    placed: Placed,
    catalog: Catalog,
) -> ClusterPart:
    """Of the target `kubernetes`. Where nothing is chosen, that has problems of its own."""
    chosen, start = placed.chosen, placed.cold_start
    if chosen is None or start is None:
        return ClusterPart(spec=None, problems=())
    problems = (
        *cluster_problems(settings, chosen, catalog),
        *repository_problems(settings, chosen, served_name(settings, row), catalog),
    )
    if any(problem.code in _NOTHING_TO_RENDER for problem in problems):
        return ClusterPart(spec=None, problems=problems)
    try:
        spec = kubernetes_spec(settings, stack, model, row, chosen, start, catalog)
    except ValueError as error:
        # The renderer knows what that version of the engine cannot be told.
        return ClusterPart(spec=None, problems=(*problems, renderer_refuses(chosen, str(error))))
    return ClusterPart(spec=spec, problems=problems)
