"""Changes of a plan for nodes or an endpoint."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice import Candidate, Wanted
from planning.choice.candidates import ranked
from planning.placed import Placed
from planning.whatif.value import WhatIf

_OTHER_GPUS = 4


@dataclass(frozen=True, kw_only=True)
class Look:
    """Where a changed wish is planned again."""

    model: Architecture
    catalog: Catalog
    today: datetime.date

    def __call__(self, wanted: Wanted) -> tuple[Candidate, ...]:
        """Every candidate, the best first."""
        found = ranked(self.model, wanted, self.catalog, self.today)
        return tuple(one.candidate for one in found)


def placed_what_ifs(placed: Placed, look: Look) -> Iterator[WhatIf]:
    """From the chosen deployment, one thing changed at a time."""
    chosen = placed.chosen
    assert chosen is not None
    here = _pinned(placed.wanted, chosen)
    yield from _replicas(here, chosen, look)
    yield from _storages(here, chosen, look)
    yield from _divisions(placed.wanted, chosen, look)
    yield from _spot(here, chosen, look)
    yield from _other_gpus(placed.wanted, chosen, look)


def _pinned(wanted: Wanted, chosen: Candidate) -> Wanted:
    """The same deployment again, with nothing left to choose."""
    serving, own = chosen.serving, chosen.instance is None and chosen.hf_hardware is None
    return replace(
        wanted,
        engine=chosen.engine,
        engine_version=chosen.engine_version,
        quantization=chosen.quantization,
        kv_bits=chosen.kv_bits,
        instance=chosen.instance,
        hf_hardware=chosen.hf_hardware,
        gpu=chosen.gpu if own else None,
        gpus_per_node=chosen.gpus_per_node if own else None,
        tensor_parallel=serving.tensor_parallel if serving else None,
        pipeline_parallel=serving.pipeline_parallel if serving else None,
        nodes_per_replica=chosen.nodes_per_replica,
        replicas=chosen.replicas,
    )


def _free(wanted: Wanted) -> Wanted:
    """The same wish on any hardware."""
    return replace(
        wanted,
        instance=None,
        hf_hardware=None,
        gpu=None,
        gpus_per_node=None,
        tensor_parallel=None,
        pipeline_parallel=None,
        nodes_per_replica=None,
    )


def _replicas(here: Wanted, chosen: Candidate, look: Look) -> Iterator[WhatIf]:
    fewest, most = chosen.replicas
    for step, change in ((-1, "one replica fewer"), (1, "one replica more")):
        low, high = max(0, fewest + step), most + step
        if fewest + step < (1 if fewest == most else 0) or high < 1:
            continue
        written = str(high) if low == high else f"{low}..{high}"
        found = look(replace(here, replicas=(low, high)))
        yield from _first(found, change, f"slipway:scaling.replicas: {written}")


def _storages(here: Wanted, chosen: Candidate, look: Look) -> Iterator[WhatIf]:
    """Each other way to store weights and KV cache that the engine makes of this checkpoint."""
    seen = {(chosen.quantization, chosen.kv_bits)}
    for one in look(replace(here, quantization=None, kv_bits=None)):
        kind = (one.quantization, one.kv_bits)
        if kind not in seen:
            seen.add(kind)
            bits = f"slipway:engine.kvCacheDtype: {'fp8' if one.kv_bits == 8 else 'auto'}"
            yield _what_if(
                one,
                f"weights in {one.quantization}, KV cache in {one.kv_bits} bits",
                f"slipway:engine.quantization: {one.quantization}"
                + (f", {bits}" if one.kv_bits != chosen.kv_bits else ""),
            )


def _divisions(wanted: Wanted, chosen: Candidate, look: Look) -> Iterator[WhatIf]:
    """Twice and half as many GPUs for each layer, on the best node with that GPU."""
    if chosen.serving is None or chosen.hf_hardware is not None:
        return
    now = chosen.serving.tensor_parallel
    for size in (now // 2, now * 2):
        if 1 <= size <= 8:
            own = chosen.instance is None
            wish = replace(
                _free(wanted),
                gpu=chosen.gpu,
                gpus_per_node=chosen.gpus_per_node if own else None,
                tensor_parallel=size,
            )
            for one in look(wish)[:1]:
                divided = f"slipway:pools[0].tensorParallel: {size}"
                moved = "" if own or one.instance == chosen.instance else f", {_hardware(one)}"
                yield _what_if(one, f"tensor parallel {size}", divided + moved)


def _spot(here: Wanted, chosen: Candidate, look: Look) -> Iterator[WhatIf]:
    if chosen.target == "eks" and chosen.capacity == "on-demand":
        found = look(replace(here, capacity="spot"))
        yield from _first(found, "spot capacity", "slipway:pools[0].capacity: spot")


def _other_gpus(wanted: Wanted, chosen: Candidate, look: Look) -> Iterator[WhatIf]:
    """The best deployment with each other GPU; of those that do not fit, the first."""
    best: dict[str | None, Candidate] = {}
    for one in look(_free(wanted)):
        best.setdefault(one.gpu, one)
    best.pop(chosen.gpu, None)
    fitting = [one for one in best.values() if one.fits]
    unfit = [one for one in best.values() if not one.fits]
    for one in (*fitting[:_OTHER_GPUS], *unfit[:1]):
        yield _what_if(one, f"{one.gpu or 'CPU'} instead", _hardware(one))


def _hardware(one: Candidate) -> str:
    if one.hf_hardware is not None:
        return f"slipway:huggingFace.hardware: {one.hf_hardware}"
    key, name = ("instanceType", one.instance) if one.instance else ("gpu", one.gpu)
    return f"slipway:pools[0].{key}: {name}"


def _first(found: Iterable[Candidate], change: str, setting: str) -> Iterator[WhatIf]:
    for one in found:
        yield _what_if(one, change, setting)
        return


def _what_if(one: Candidate, change: str, setting: str) -> WhatIf:
    month = one.monthly_usd
    gravest = one.problems[0] if one.problems and not one.fits else None
    return WhatIf(
        change=change,
        setting=setting,
        place=one.place,
        fits=one.fits,
        why_not=f"{gravest.code}: {gravest.got}" if gravest else None,
        monthly_usd=(float(month[0]), float(month[1])) if month else None,
        unpriced=one.unpriced,
        kv_cache_tokens=one.fit.kv_cache_tokens if one.fit else None,
        itl_ms=one.performance.itl_ms,
    )
