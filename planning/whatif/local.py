"""Changes of a plan for this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from planning.catalog import Catalog
from planning.plan import Plan
from planning.settings import Settings
from planning.settings.scaling import Replicas
from planning.whatif.value import WhatIf


def local_what_ifs(
    plan: Plan, catalog: Catalog, again: Callable[[Settings], Plan]
) -> Iterator[WhatIf]:
    """Replicas, storage, context and requests at once."""
    for change, setting, settings in _changes(plan, catalog):
        yield _what_if(again(settings), change, setting)


def _changes(plan: Plan, catalog: Catalog) -> Iterator[tuple[str, str, Settings]]:
    local, settings = plan.local, plan.settings
    assert local is not None
    for step, change in ((-1, "one replica fewer"), (1, "one replica more")):
        count = local.replicas + step
        if 1 <= count <= 64:
            changed = settings.scaling.model_copy(update={"replicas": Replicas(count, count)})
            yield change, f"slipway:scaling.replicas: {count}", replace(settings, scaling=changed)
    for name in catalog.devices[local.model.device].value.kv_bits:
        if name != local.model.quantization:
            yield (
                f"weights in {name}",
                f"slipway:engine.quantization: {name}",
                _engine(settings, quantization=name),
            )
    rows = local.server.max_concurrent * 2
    if rows <= 256:
        yield (
            f"{rows} requests at once",
            f"slipway:engine.maxConcurrent: {rows}",
            _engine(settings, max_concurrent=rows),
        )
    context = local.server.max_context * 2
    if plan.architecture and context <= plan.architecture.max_context:
        model = settings.models[0].model_copy(update={"max_context": context})
        longer = replace(settings, models=(model, *settings.models[1:]))
        yield f"a context of {context:,} tokens", f"slipway:model.maxContext: {context}", longer


def _engine(settings: Settings, **changes: Any) -> Settings:
    return replace(settings, engine=settings.engine.model_copy(update=changes))


def _what_if(plan: Plan, change: str, setting: str) -> WhatIf:
    local, month = plan.local, plan.estimated_monthly_usd
    assert local is not None
    gravest = plan.errors[0] if plan.errors else None
    server = local.server
    return WhatIf(
        change=change,
        setting=setting,
        place="this machine",
        fits=gravest is None,
        why_not=f"{gravest.code}: {gravest.got}" if gravest else None,
        monthly_usd=None if month is None else (month, month),
        unpriced=None,
        kv_cache_tokens=server.max_concurrent * server.max_context,
        itl_ms=None,
    )
