"""The cheapest instances on which a model would fit, found by planning it on each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.memory.fit import Fit, smallest_fit
from planning.memory.problems import Place
from planning.memory.serving import Serving

_MENDED = {"weights-too-large", "context-too-long", "concurrency-too-high"}


@dataclass(frozen=True, kw_only=True)
class Option:
    """One instance type for one replica."""

    instance: str
    usd_per_hour: Decimal
    fit: Fit


def cheapest_instances(
    model: Architecture, serving: Serving, catalog: Catalog, region: str, count: int = 2
) -> tuple[Option, ...]:
    """The cheapest of each kind of GPU, by on-demand price where it is known in `region`."""
    priced = sorted(
        (price.value.usd_per_hour, name)
        for name, row in catalog.instances.items()
        if row.value.gpus and (price := catalog.on_demand(name, region))
    )
    found: dict[str, Option] = {}
    failed: set[tuple[str, int]] = set()
    for usd, name in priced:
        facts = catalog.instances[name].value
        gpu = facts.gpu or ""
        if gpu in found or (gpu, facts.gpus) in failed:
            continue
        place = Place(gpu_name=gpu, gpu=catalog.gpus[gpu].value, gpus=facts.gpus)
        fit = smallest_fit(model, place, replace(serving, pipeline_parallel=1), catalog)
        if fit is None:
            failed.add((gpu, facts.gpus))
            continue
        found[gpu] = Option(instance=name, usd_per_hour=usd, fit=fit)
        if len(found) == count:
            break
    return tuple(found.values())


def with_ways_out(
    fit: Fit, model: Architecture, serving: Serving, catalog: Catalog, region: str
) -> Fit:
    """The same fit; what more or larger GPUs would mend names the cheapest, with their price."""
    if not any(problem.code in _MENDED for problem in fit.problems):
        return fit
    options = cheapest_instances(model, serving, catalog, region)
    fixes = tuple(
        f"take {one.instance} with tensor parallel {one.fit.tensor_parallel}: "
        f"${one.usd_per_hour}/h in {region}"
        for one in options
    ) or ("no instance type with a known price in this region holds it: ask for less",)
    return replace(
        fit,
        problems=tuple(
            replace(problem, fixes=(*problem.fixes, *fixes)) if problem.code in _MENDED else problem
            for problem in fit.problems
        ),
    )
