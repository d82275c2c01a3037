"""What buys how much: the start computed again with other levers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from planning.catalog import Catalog
from planning.coldstart.case import StartCase
from planning.coldstart.possible import impossible
from planning.coldstart.stages import stages_of, total_of
from planning.coldstart.value import LeverSaving, Stage
from planning.settings.start import Start

Choice = tuple[str, Any]
"""A field of Start and a value of it."""

NOTICED = 0.5
"""Seconds below which nobody minds."""

_NAMES: dict[Choice, str] = {
    ("image", "soci"): "image pulled in parallel",
    ("image", "prepulled"): "image pulled before",
    ("image", "snapshot"): "image on the node's data volume",
    ("weights", "s3"): "weights in S3",
    ("weights", "volume"): "weights on a network volume",
    ("weights", "nvme"): "weights on the node's NVMe disk",
    ("weights", "baked"): "weights in the image",
    ("loader", "streamer"): "streaming loader",
    ("compile_cache", "volume"): "compile cache on a volume",
    ("compile_cache", "baked"): "compile cache in the image",
    ("graphs", "trimmed"): "fewer CUDA graphs",
    ("warm_nodes", 1): "a node kept running",
}


def savings(case: StartCase, catalog: Catalog) -> tuple[LeverSaving, ...]:
    """Of each single lever that is possible, not chosen, and faster; the largest first."""
    now = stages_of(case, catalog)
    found: list[LeverSaving] = []
    for choice in _possible(case, catalog):
        then = stages_of(with_levers(case, choice), catalog)
        seconds = saved_seconds(now, then)
        if seconds is not None and seconds > NOTICED:
            found.append(
                LeverSaving(
                    name=_NAMES[choice],
                    setting=setting(choice),
                    seconds_saved=seconds,
                    seconds=expected(then),
                )
            )
    return tuple(sorted(found, key=lambda lever: -lever.seconds_saved))


def sufficient(
    case: StartCase, catalog: Catalog, seconds: float
) -> tuple[tuple[str, ...], float] | None:
    """The fewest levers together whose slowest start takes at most `seconds`, and that start."""
    by_field: dict[str, list[Choice | None]] = {}
    for choice in _possible(case, catalog):
        by_field.setdefault(choice[0], [None]).append(choice)
    combinations = sorted(product(*by_field.values()), key=lambda some: sum(map(bool, some)))
    for some in combinations:
        chosen = [choice for choice in some if choice is not None]
        stages = stages_of(with_levers(case, *chosen), catalog)
        total = total_of(stages)
        known = all(stage.seconds is not None for stage in stages)
        if known and total is not None and total.high <= seconds:
            return tuple(map(setting, chosen)), total.high
    return None


def saved_seconds(now: tuple[Stage, ...], then: tuple[Stage, ...]) -> float | None:
    """Below 0: slower. None: it cannot be told, as one of them has a part that nobody measured."""
    if [one.name for one in now if one.seconds is None] != [
        one.name for one in then if one.seconds is None
    ]:
        return None
    return expected(now) - expected(then)


def expected(stages: tuple[Stage, ...]) -> float:
    """Of the known stages."""
    total = total_of(stages)
    return total.expected if total else 0.0


def with_levers(case: StartCase, *choices: Choice) -> StartCase:
    return replace(case, levers=case.levers.model_copy(update=dict(choices)))


def setting(choice: Choice) -> str:
    """As it is written in a stack file."""
    field, value = choice
    return f"slipway:start.{Start.model_fields[field].alias}: {value}"


def _possible(case: StartCase, catalog: Catalog) -> Iterator[Choice]:
    for choice in _NAMES:
        if impossible(case, catalog, *choice) is None and not _chosen(case.levers, choice):
            yield choice


def _chosen(levers: Start, choice: Choice) -> bool:
    """That lever already pulled, to this or to another place of the same kind."""
    field, value = choice
    now = getattr(levers, field)
    return now >= value if field == "warm_nodes" else now == value
