"""The rules over a plan for nodes or an endpoint."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.checks import cost, endpoint, exposure, shape, speed, tuning
from planning.coldstart import start_problems
from planning.placed import Placed, wishes_of
from planning.problems import Problem, gravest_first
from planning.settings import Settings

if TYPE_CHECKING:
    from planning.cost.amount import Bound
    from planning.cost.guard import Figure, Way


def placed_problems(
    settings: Settings,
    architecture: Architecture | None,
    placed: Placed | None,
    catalog: Catalog,
    of_the_cluster: tuple[Problem, ...],
    *,
    month: Figure,
    today: datetime.date,
) -> tuple[Problem, ...]:
    """Errors first, then warnings, then advice; each once. `month` is of all that is paid for."""
    found = [
        *shape.architecture_is_known(settings, architecture),
        *shape.every_part_is_counted(architecture),
        *exposure.limit_below_traffic(settings),
        *endpoint.image_is_developed(settings),
        *_of_the_gateway(settings),
        *_of_the_choice(settings, architecture, placed, catalog),
        *_of_the_month(settings, architecture, placed, catalog, month, today),
        *of_the_cluster,
    ]
    return gravest_first(dict.fromkeys(found))


def _of_the_gateway(settings: Settings) -> Iterator[Problem]:
    """Of one that runs on this machine, before an endpoint."""
    if settings.target == "hf-endpoint" and settings.hugging_face.local_gateway is not None:
        yield from exposure.plain_http_to_others(settings)
        yield from exposure.low_port_needs_rights(settings)


def _of_the_month(
    settings: Settings,
    architecture: Architecture | None,
    placed: Placed | None,
    catalog: Catalog,
    month: Figure,
    today: datetime.date,
) -> Iterable[Problem]:
    if placed is None or architecture is None:
        return ()

    def ways(bound: Bound) -> Iterable[Way]:
        # Imported late: only what is over its budget needs ways back.
        from planning.whatif.back import ways_back
        from planning.whatif.placed import Look

        look = Look(model=architecture, catalog=catalog, today=today)
        return ways_back(settings.budget, placed, look, month, bound) if settings.budget else ()

    return cost.month_within_budget(settings, month, ways)


def _of_the_choice(
    settings: Settings, architecture: Architecture | None, placed: Placed | None, catalog: Catalog
) -> Iterator[Problem]:
    if placed is None:
        return
    yield from placed.choice.problems
    chosen, start = placed.chosen, placed.cold_start
    if chosen is not None:
        yield from chosen.problems
        yield from speed.demand_is_met(settings, chosen)
        yield from speed.cheaper_if_fast_enough(placed.choice, chosen)
        yield from tuning.tuning_was_measured_so(settings, architecture, chosen, catalog)
        yield from tuning.a_tuning_was_faster(settings, architecture, chosen, catalog)
    if chosen is not None and start is not None:
        yield from start_problems(wishes_of(settings, chosen), start, catalog)
