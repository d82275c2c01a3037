"""The catalog's row of a type of resource."""

from __future__ import annotations

from planning.catalog import Catalog
from planning.catalog.rows.cost import CostKindRow


def kind_of(type_: str, catalog: Catalog) -> CostKindRow | None:
    """The row of the type, or the longest beginning of it before a `*`."""
    exact = catalog.cost_kinds.get(type_)
    if exact is not None:
        return exact
    for end in range(len(type_), 0, -1):
        found = catalog.cost_kinds.get(f"{type_[:end]}*")
        if found is not None:
            return found
    return None
