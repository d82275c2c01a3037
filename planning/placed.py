"""The part of a plan that is about nodes or an endpoint: what is chosen and how it starts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planning.architecture import Architecture
from planning.architecture.weights import weight_bytes
from planning.asked import wanted_of
from planning.catalog import Catalog
from planning.choice import Candidate, Choice, Wanted, choose
from planning.coldstart import ColdStart, StartCase, Wishes, cold_start
from planning.expected import Expected, expected
from planning.settings import Settings
from planning.settings.units import Duration

if TYPE_CHECKING:
    from planning.cost.amount import Bound


@dataclass(frozen=True, kw_only=True)
class Placed:
    """For every target but `local`."""

    wanted: Wanted
    """What the stack file asks for."""
    choice: Choice
    """Every deployment that was looked at, the best first."""
    chosen: Candidate | None
    """The best; where nothing fits, the first of the rest, so that its problems can be said."""
    cold_start: ColdStart | None
    """Of one more replica; None where nothing is chosen."""
    expected: Expected | None
    """What runs on average; None where nothing is chosen."""


def place(
    settings: Settings, model: Architecture, catalog: Catalog, today: datetime.date
) -> Placed:
    """The cheapest deployment of `model` that does what the stack file asks for."""
    wanted = wanted_of(settings, catalog)
    choice = choose(model, wanted, catalog, today)
    chosen = choice.best or next(iter(choice.candidates), None)
    start = cold_start(_start_case(settings, model, chosen), catalog) if chosen else None
    return Placed(
        wanted=wanted,
        choice=choice,
        chosen=chosen,
        cold_start=start,
        expected=expected(settings, chosen, start, catalog) if chosen else None,
    )


def wishes_of(settings: Settings, chosen: Candidate) -> Wishes:
    """What the stack file asks for that a start can break."""
    slo = settings.traffic.slo if settings.traffic else None
    return Wishes(
        minimum_replicas=chosen.replicas[0],
        maximum_replicas=chosen.replicas[1],
        ttft_seconds=_seconds(slo.ttft) if slo else None,
        percentile=slo.percentile if slo else "p95",
        request_timeout_seconds=settings.engine.request_timeout.seconds,
        capacity=chosen.capacity,
    )


def month_at(bound: Bound, *placed: Placed | None) -> Decimal | None:
    """Dollars for computing, of all; None: something has no known price, or no known average."""
    known = [_month_at(bound, one) for one in placed]
    amounts = [usd for usd in known if usd is not None]
    return sum(amounts, Decimal(0)) if len(amounts) == len(known) else None


def _month_at(bound: Bound, one: Placed | None) -> Decimal | None:
    chosen, mean = (one.chosen, one.expected) if one else (None, None)
    if chosen is None or chosen.monthly_usd is None:
        return None
    if bound == "expected":
        usd = mean.monthly_usd(chosen) if mean else None
        return None if usd is None else Decimal(str(usd))
    return chosen.monthly_usd[0 if bound == "minimum" else 1]


def _start_case(settings: Settings, model: Architecture, chosen: Candidate) -> StartCase:
    return StartCase(
        target=chosen.target,
        engine=chosen.engine,
        engine_version=chosen.engine_version,
        weight_bytes=_weight_bytes(model, chosen),
        gpu=chosen.gpu,
        instance=chosen.instance,
        hf_hardware=chosen.hf_hardware,
        node_mode=chosen.deployment.node_mode,
        gpus_per_replica=chosen.gpus_per_replica,
        experts=model.experts > 0,
        model_source_kind=settings.models[0].source.kind,
        replicas=chosen.replicas[1],
        drain_seconds=settings.engine.drain.seconds,
        pre_stop_seconds=_seconds(settings.stop.pre_stop),
        grace_period_seconds=_seconds(settings.stop.grace_period),
        levers=settings.start,
    )


def _weight_bytes(model: Architecture, chosen: Candidate) -> int:
    if chosen.memory is not None:
        return chosen.memory.artefact
    return model.stored_bytes or weight_bytes(model, model.storage)


def _seconds(time: Duration | None) -> float | None:
    return time.seconds if time else None
