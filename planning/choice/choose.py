"""From a model and a wish to ranked candidates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.candidate import Candidate, Choice
from planning.choice.candidates import ranked
from planning.choice.engines import engines_to_try, target_problems
from planning.choice.rank import less_exact
from planning.choice.wanted import Wanted
from planning.choice.ways_out import with_ways_out
from planning.compatibility import Deployment, compatibility_problems
from planning.problems import Problem

_NOTHING_TO_TRY = {"unknown-to-catalog", "gpu-missing", "gpu-slice"}


def choose(model: Architecture, wanted: Wanted, catalog: Catalog, today: datetime.date) -> Choice:
    """Everything that the target offers and the wish allows, the best first.

    The same arguments give an equal choice. `today` decides what has ended and how old prices are.
    """
    found = ranked(model, wanted, catalog, today)
    best = next((one.candidate for one in found if one.recommended), None)
    some = tuple(one.candidate for one in found)
    if some and not some[0].fits:
        some = (with_ways_out(model, wanted, some[0], catalog, today), *some[1:])
    return Choice(
        candidates=some,
        best=best,
        problems=tuple(_nothing_chosen(wanted, catalog, today, some)) if best is None else (),
    )


def _nothing_chosen(
    wanted: Wanted,
    catalog: Catalog,
    today: datetime.date,
    found: tuple[Candidate, ...],
) -> Iterator[Problem]:
    """What is wrong beside the candidates' own problems."""
    yield from target_problems(wanted)
    fitting = next((one for one in found if one.fits), None)
    if fitting is not None and less_exact(fitting, wanted):
        yield _only_less_exact(fitting, wanted)
    elif fitting is not None:
        yield Problem(
            path="slipway:pools[0].instanceType",
            code="nothing-priced",
            got=f"no instance type to choose from with a known price in {wanted.region}",
            allowed="a region with known prices, or a type that is named",
            fixes=("name one", "refresh the prices for that region"),
        )
    if not found:
        yield from _unknown_names(wanted, catalog, today)


def _only_less_exact(fitting: Candidate, wanted: Wanted) -> Problem:
    """Accuracy is the user's to give away."""
    fp8 = fitting.kv_bits < 16 and wanted.kv_bits is None
    keys = [
        *([f"quantization: {fitting.quantization}"] if wanted.quantization is None else []),
        *(["kvCacheDtype: fp8"] if fp8 else []),
    ]
    return Problem(
        path="slipway:engine.quantization",
        code="fits-less-exact-only",
        got="nothing that fits with weights and KV cache as exact as the checkpoint",
        allowed="less exact ones where the stack file says so",
        fixes=(f"write {' and '.join(keys)}: it fits {fitting.place}",),
    )


def _unknown_names(wanted: Wanted, catalog: Catalog, today: datetime.date) -> Iterator[Problem]:
    """Nothing could be tried: a name that no row has, or names that exclude each other."""
    engines = engines_to_try(wanted) or ("vllm",)
    rows = (row.id for row in catalog.engine_versions.values() if row.value.engine in engines)
    named = Deployment(
        engine=wanted.engine_version or next(rows),
        gpu=wanted.gpu,
        instance=wanted.instance,
        region=wanted.region,
        hf_hardware=wanted.hf_hardware,
    )
    found = compatibility_problems(named, catalog, today)
    unknown = [problem for problem in found if problem.code in _NOTHING_TO_TRY]
    yield from unknown
    if not unknown and not list(target_problems(wanted)):
        asked = [
            f"{name} {value}"
            for name, value in (
                ("engine", wanted.engine),
                ("version", wanted.engine_version),
                ("backend", wanted.backend),
                ("quantization", wanted.quantization),
                ("GPU", wanted.gpu),
                ("endpoint hardware", wanted.hf_hardware),
                ("endpoint vendor", wanted.hf_vendor),
            )
            if value is not None
        ]
        yield Problem(
            path="slipway:engine",
            code="nothing-to-try",
            got=f"{', '.join(asked) or 'nothing named'} on {wanted.target}",
            allowed="names that go together: no row of the catalog has all of these",
            fixes=("leave one of them out",),
        )
