"""Settings and catalog to a plan: a frozen value that says everything that will be made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from components.specs import GatewaySpec, HfEndpointSpec, HfGatewaySpec, LocalSpec
from planning.architecture import Architecture
from planning.catalog import Catalog, load_catalog
from planning.catalog.rows import ModelRow
from planning.checks.planned import local_problems
from planning.fit import Memory
from planning.known import Known, known_model
from planning.local import local_spec
from planning.machine import Machine
from planning.onnx import onnx_memory
from planning.problems import Problem, errors_of, gravest_first
from planning.settings import Settings

if TYPE_CHECKING:
    from components.specs.aws import EksSpec
    from components.specs.cluster import KubernetesSpec
    from planning.canary.planned import PlannedCanary
    from planning.cost.amount import Bound
    from planning.eks.cost import Cost as EksCost
    from planning.placed import Placed

LIVE_PATH = "/health/live"
READY_PATH = "/health/ready"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What `pulumi up` makes, what it needs and what is wrong with it; no secret is in it."""

    stack: str
    settings: Settings
    known: ModelRow | None
    """The catalog's row of the model, if it has one."""
    architecture: Architecture | None
    """Of the model; None where neither its config.json nor the catalog tells it."""
    machine: Machine | None = None
    """What a `local` plan was checked against, if anything."""
    memory: Memory | None = None
    """Of one `local` replica; None without an architecture."""
    local: LocalSpec | None = None
    """What the `local` target builds; None for another target."""
    endpoint: HfEndpointSpec | None = None
    """What the `hf-endpoint` target builds; None for another target, and where nothing fits."""
    endpoint_gateway: HfGatewaySpec | None = None
    """What stands before that endpoint on this machine; None: nothing."""
    kubernetes: KubernetesSpec | None = None
    """What the `kubernetes` target builds; None for another target, and where nothing is chosen or
    something is missing that only the stack file can name."""
    eks: EksSpec | None = None
    """What the `eks` target builds; None for another target, and as for `kubernetes`."""
    canary: PlannedCanary | None = None
    """The second revision behind the same gateway; None: there is none, or nothing is chosen that
    it could stand beside."""
    eks_cost: EksCost | None = None
    """What a month of `eks` costs, item by item."""
    placed: Placed | None = None
    """What was chosen for another target; None for `local`, and without an architecture."""
    estimated_monthly_usd: float | None
    """At the most replicas, 730 hours: computing, and on `eks` all beside it that has a
    known price; None: computing has none."""
    problems: tuple[Problem, ...]

    @property
    def gateway(self) -> GatewaySpec | None:
        """The one that runs on this machine."""
        if self.local is not None:
            return self.local.gateway
        return self.endpoint_gateway.gateway if self.endpoint_gateway else None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that forbid `up`; the rest are warnings."""
        return errors_of(self.problems)


def make_plan(
    settings: Settings,
    *,
    stack: str,
    project: str = "slipway",
    catalog: Catalog | None = None,
    machine: Machine | None = None,
    model_config: Path | None = None,
    today: datetime.date | None = None,
) -> Plan:
    """The same arguments and files give an equal plan. Look at `errors` before building it.

    Without `machine` nothing is checked against memory and disk of this machine, and
    `threads: auto` is 1. `model_config` stands in for the stack file's `model.config`. `today`
    decides what has ended or become old; None: the day of the call. `project` is Pulumi's, for
    tags.
    """
    catalog = catalog or load_catalog()
    known = known_model(settings, catalog, model_config)
    if settings.target == "local":
        return _local(settings, stack, catalog, machine, known)
    # Imported late: a local stack need not know GPUs and clouds.
    from planning.checks.placed import placed_problems
    from planning.endpoint import planned_endpoint, planned_gateway
    from planning.placed import month_at, place

    model = known.architecture
    today = today or datetime.datetime.now(datetime.UTC).date()
    placed = place(settings, model, catalog, today) if model else None
    cluster = canary = eks = None
    if settings.target == "kubernetes" and model and placed:
        from planning.cluster import planned_cluster

        cluster = planned_cluster(settings, stack, model, known.row, placed, catalog)
        canary = _canary(settings, stack, placed, cluster.spec, catalog, today)
    if settings.target == "eks" and model and placed:
        from planning.eks import planned_eks

        eks = planned_eks(settings, project, stack, model, known.row, placed, catalog, str(today))
    made = cluster or eks
    beside = (canary.placed,) if canary else ()
    cost = eks.cost if eks else None

    def month(bound: Bound) -> Decimal | None:
        return cost.total(bound) if cost else month_at(bound, placed, *beside)

    most = month("maximum")
    return Plan(
        stack=stack,
        settings=settings,
        known=known.row,
        architecture=model,
        placed=placed,
        kubernetes=_with_canary(cluster.spec, canary) if cluster and cluster.spec else None,
        canary=canary,
        eks=eks.spec if eks else None,
        eks_cost=cost,
        endpoint=planned_endpoint(settings, placed.chosen if placed else None, catalog),
        endpoint_gateway=planned_gateway(settings),
        estimated_monthly_usd=None if most is None else float(most),
        problems=_together(
            known.problems
            + placed_problems(
                settings,
                model,
                placed,
                catalog,
                made.problems if made else (),
                month=month,
                today=today,
            ),
            canary,
        ),
    )


def _canary(
    settings: Settings,
    stack: str,
    placed: Placed,
    stable: KubernetesSpec | None,
    catalog: Catalog,
    today: datetime.date,
) -> PlannedCanary | None:
    if settings.canary is None or placed.chosen is None or stable is None:
        return None
    from planning.canary.planned import planned_canary

    return planned_canary(settings, settings.canary, stack, placed.chosen, stable, catalog, today)


def _with_canary(stable: KubernetesSpec, canary: PlannedCanary | None) -> KubernetesSpec:
    return replace(stable, canary=canary.spec) if canary else stable


def _together(of_stack: tuple[Problem, ...], canary: PlannedCanary | None) -> tuple[Problem, ...]:
    """What both have in common is said once."""
    return (
        of_stack
        if canary is None
        else gravest_first((*of_stack, *canary.problems_beside(of_stack)))
    )


def _local(
    settings: Settings, stack: str, catalog: Catalog, machine: Machine | None, known: Known
) -> Plan:
    model = known.architecture
    memory = onnx_memory(settings, model, catalog) if model else None
    return Plan(
        stack=stack,
        settings=settings,
        known=known.row,
        architecture=model,
        memory=memory,
        machine=machine,
        estimated_monthly_usd=0.0,  # processes on the user's own machine
        problems=known.problems + local_problems(settings, model, memory, machine),
        local=local_spec(settings, catalog, known.row, machine, memory),
    )
