"""Settings of an engine that were tried, in place of what a stack file leaves out."""

from __future__ import annotations

from typing import Any

from planning.catalog import Catalog
from planning.settings.engine import Engine


def tuned(engine: Engine, catalog: Catalog) -> Engine:
    """With what its tuning sets; a key that is written stays as it is."""
    row = catalog.engine_tunings.get(engine.tuning) if engine.tuning else None
    if row is None:
        return engine
    facts = row.value
    wanted: dict[str, Any] = {
        "kind": facts.engine,
        "quantization": facts.quantization,
        "kv_cache_dtype": facts.kv_cache_dtype,
        "max_batched_tokens": facts.batched_tokens,
        "max_concurrent": facts.sequences,
    }
    written = engine.model_fields_set
    changes = {key: to for key, to in wanted.items() if to is not None and key not in written}
    return engine.model_copy(update=changes)
