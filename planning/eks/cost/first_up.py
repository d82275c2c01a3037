"""How long the first `up` takes, as far as it is known."""

from __future__ import annotations

from planning.catalog import Catalog
from planning.coldstart import ColdStart


def first_up(start: ColdStart | None, catalog: Catalog) -> str:
    """Of what takes longest, one after the other."""
    row = catalog.timings["eks/control-plane"]
    plane = f"{row.value.seconds / 60:.0f} min for the control plane ({row.value.what})"
    if start is None or start.seconds is None:
        return f"{plane}, then nodes, operators and the first replica: not known"
    least = "at least " if start.unknown else ""
    return (
        f"{plane}, then {least}{start.seconds / 60:.0f} min until a replica answers, its node "
        "included; network, node groups and operators were not measured"
    )
