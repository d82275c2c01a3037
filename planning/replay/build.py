"""From a replay to its document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path

from planning.choice import Candidate
from planning.plan import Plan
from planning.replay.compare import Compared
from planning.replay.deployed import Deployed
from planning.replay.document import (
    FleetPart,
    LimitsPart,
    MomentPart,
    ReplayDocument,
    TracePart,
)
from planning.replay.outcome import Outcome
from planning.replay.rules import Rules
from planning.replay.slices import Slices

_MOMENTS = 360
_HOUR = 3600.0


def replay_document(
    plan: Plan,
    file: str,
    slices: Slices,
    before: Path | None,
    found: Deployed,
    seen: Compared,
    share: float,
) -> ReplayDocument:
    """Equal arguments give an equal document."""
    assert plan.placed and plan.placed.chosen
    chosen, limits = plan.placed.chosen, found.site.limits
    return ReplayDocument(
        origin=plan.settings.origin,
        stack=plan.stack,
        model=plan.settings.models[0].source.text,
        place=chosen.place,
        gpus_per_replica=chosen.gpus_per_replica,
        start_seconds=found.site.start_seconds,
        trace=_trace(file, slices, before),
        limits=LimitsPart(
            ttft_ms=_milliseconds(limits.ttft), itl_ms=_milliseconds(limits.itl), share=share
        ),
        fleets=tuple(_fleets(chosen, found, seen, share)),
        moments=tuple(_moments(slices, seen.deployed)),
        assumptions=found.words,
    )


def _trace(file: str, slices: Slices, before: Path | None) -> TracePart:
    minute = max(1, round(60 / slices.seconds))
    counts = slices.counts
    sums = [sum(counts[at : at + minute]) for at in range(0, len(counts), minute)]
    whole = sums[: len(counts) // minute] or sums
    return TracePart(
        file=file,
        requests=slices.requests,
        seconds=slices.length,
        mean_prompt_tokens=round(slices.prompt, 1),
        mean_output_tokens=round(slices.output, 1),
        mean_per_second=round(slices.requests / slices.length, 3),
        busiest_minute_per_second=round(max(whole) / min(60, slices.length), 3),
        before=before.name if before else None,
    )


def _fleets(
    chosen: Candidate, found: Deployed, seen: Compared, share: float
) -> Iterator[FleetPart]:
    rules = rules_in_words(found.rules)
    ways: list[tuple[str, str, Outcome | None]] = [
        ("deployed", rules, seen.deployed),
        ("first-day", rules, seen.first_day),
        ("static", f"{seen.replicas} all the time", seen.static),
    ]
    for name, words, outcome in ways:
        if outcome is None:
            continue
        billed = outcome.rows.billed
        yield FleetPart(
            name=name,  # type: ignore[arg-type]
            rules=words,
            in_slo=round(outcome.share, 5),
            enough=outcome.share >= share,
            gpu_hours=round(outcome.replica_seconds * chosen.gpus_per_replica / _HOUR, 3),
            of_static=seen.static
            and round(outcome.replica_seconds / seen.static.replica_seconds, 4),
            usd=_usd(chosen, outcome),
            refused=round(outcome.refused, 1),
            most_replicas=max(billed),
            mean_replicas=round(sum(billed) / len(billed), 3),
            longest_queue=round(max(outcome.rows.waiting), 1),
        )


def rules_in_words(rules: Rules | int) -> str:
    if isinstance(rules, int):
        return f"{rules} all the time"
    wishes = ", ".join(f"{one.name} above {one.threshold:g}" for one in rules.triggers)
    return f"{rules.minimum} to {rules.maximum}, one more where a replica has {wishes}"


def _usd(chosen: Candidate, outcome: Outcome) -> float | None:
    """Nodes are whole at every moment."""
    if chosen.usd_per_hour is None:
        return None
    node = float(chosen.usd_per_hour) / chosen.nodes_per_replica
    hours = sum(map(chosen.nodes, outcome.rows.billed)) * outcome.seconds / _HOUR
    return round(node * hours, 2)


def _moments(slices: Slices, outcome: Outcome) -> Iterator[MomentPart]:
    rows, counts = outcome.rows, slices.counts
    step = ceil(len(counts) / _MOMENTS)
    for begin in range(0, len(counts), step):
        part = slice(begin, begin + step)
        length = len(counts[part]) * slices.seconds
        yield MomentPart(
            at_seconds=begin * slices.seconds,
            requests_per_second=round(sum(counts[part]) / length, 3),
            replicas=_mean(rows.billed[part]),
            ready=_mean(rows.ready[part]),
            in_flight=round(max(rows.flying[part]), 1),
            waiting=round(max(rows.waiting[part]), 1),
            late=round(sum(rows.late[part]), 1),
        )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 2)


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(1000 * seconds, 3)
