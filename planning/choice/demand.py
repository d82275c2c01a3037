"""How many replicas a demand needs, by Little's law and the estimate of one replica."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.figures import Figure, compared
from planning.choice.judge import Judged
from planning.choice.wanted import Demand, Wanted
from planning.throughput import Load, Performance, estimate
from planning.throughput.estimate import FIGURES

_NO_TRAFFIC = "no estimate: no traffic is stated"


@dataclass(frozen=True, kw_only=True)
class Carries:
    """What one replica carries within the limits, at the slow end of the interval."""

    requests_per_second: float
    in_flight: int


@dataclass(frozen=True, kw_only=True)
class Sized:
    """Replicas, and one of them at its share."""

    replicas: tuple[int, int]
    active: int
    """Replicas that run at the demand."""
    needed: int | None
    """Fewest that carry it at the slow end of the interval; None: no estimate, or none do."""
    carries: Carries | None
    """None: no estimate."""
    concurrency: int
    """Requests in flight in one replica."""
    performance: Performance
    """With typical requests."""
    limiting: Performance
    """With the requests that the limits are about."""


def sized(model: Architecture, wanted: Wanted, judged: Judged, catalog: Catalog) -> Sized:
    """The smallest number whose predicted figures hold at the slow end of their interval.

    Little's law: requests in flight = requests a second x seconds of one. In a closed loop of n
    users that is n = rate x n x tokens / throughput(n), so a replica at n carries
    throughput(n) / tokens requests a second; n grows up to where a limit would no longer hold.
    """
    given = wanted.replicas or (1, 1)
    demand = wanted.demand
    if demand is None:
        nothing = Performance(reasons=dict.fromkeys(FIGURES, _NO_TRAFFIC))
        return _unknown(given, wanted.concurrency, nothing, nothing)
    if judged.serving is None or judged.fit is None:
        nothing = Performance(
            reasons=dict.fromkeys(FIGURES, "no estimate: speed on CPU was not measured")
        )
        return _unknown(given, wanted.concurrency, nothing, nothing)

    typical = (demand.prompt_tokens, demand.output_tokens)

    def at(users: int, tokens: tuple[int, int] = typical) -> Performance:
        return estimate(_load(model, judged, tokens, users, catalog), catalog.calibrations)

    def good(users: int) -> bool:
        known = at(users).output_tokens_per_second is not None
        return known and holds(at(users, demand.limiting), demand)

    if not good(1):
        return _unknown(given, 1, at(1), at(1, demand.limiting))
    most = _largest(judged.serving.sequences, good)
    carries = Carries(requests_per_second=_rate(at(most), demand), in_flight=most)
    needed = ceil(demand.requests_per_second / carries.requests_per_second)
    replicas = wanted.replicas or (needed, needed)
    active = min(max(needed, replicas[0], 1), max(replicas[1], 1))
    share = demand.requests_per_second / active
    below = _largest(most, lambda users: _rate(at(users), demand) < share)
    users = most if needed > active else min(most, below + 1)
    if users > 1 and _rate(at(1), demand) >= share:
        users = 1
    return Sized(
        replicas=replicas,
        active=active,
        needed=needed,
        carries=carries,
        concurrency=users,
        performance=at(users),
        limiting=at(users, demand.limiting),
    )


def holds(seen: Performance, demand: Demand) -> bool:
    """Whether no limit with a prediction is exceeded at the slow end."""
    limits: tuple[tuple[Figure, float | None], ...] = (
        ("ttft_ms", demand.ttft_ms),
        ("itl_ms", demand.itl_ms),
    )
    for figure, limit in limits:
        predicted, _ = compared(seen, figure, demand.percentile)
        if limit is not None and predicted is not None and predicted.high > limit:
            return False
    return True


def _unknown(
    given: tuple[int, int], concurrency: int, seen: Performance, limiting: Performance
) -> Sized:
    return Sized(
        replicas=given,
        active=max(1, given[1]),
        needed=None,
        carries=None,
        concurrency=concurrency,
        performance=seen,
        limiting=limiting,
    )


def _load(
    model: Architecture, judged: Judged, tokens: tuple[int, int], users: int, catalog: Catalog
) -> Load:
    point, serving = judged.point, judged.serving
    assert serving is not None and judged.fit is not None
    gpu = point.site.gpu or ""
    return Load(
        model=model,
        storage=point.storage,
        kv_bits=point.kv_bits,
        gpu=gpu,
        facts=catalog.gpus[gpu].value,
        tensor_parallel=serving.gpus,
        engine=point.engine.value.engine,
        version=point.engine.value.contains.get(point.engine.value.engine),
        kv_cache_tokens=judged.fit.kv_cache_tokens,
        concurrency=users,
        prompt=tokens[0],
        output=tokens[1],
    )


def _rate(seen: Performance, demand: Demand) -> float:
    """Requests a second of one replica, at the slow end."""
    tokens = seen.output_tokens_per_second
    return tokens.low / demand.output_tokens if tokens else 0.0


def _largest(most: int, true: Callable[[int], bool]) -> int:
    """The largest number from 1 on for which it is true, if it turns false once; at least 1."""
    low, high = 1, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if true(middle) else (low, middle - 1)
    return low
