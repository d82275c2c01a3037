"""The stages of one start, in order."""

from __future__ import annotations

from planning.catalog import Catalog
from planning.coldstart.amounts import fixed, unknown
from planning.coldstart.case import StartCase
from planning.coldstart.engine import engine_stages
from planning.coldstart.node import image_stage, node_stage
from planning.coldstart.possible import with_possible_levers
from planning.coldstart.value import NOTHING, Seconds, Stage
from planning.coldstart.weights import weight_stages


def stages_of(case: StartCase, catalog: Catalog) -> tuple[Stage, ...]:
    """From the wish for a replica to its first answer."""
    if case.target == "hf-endpoint":
        return _endpoint(catalog)
    case = with_possible_levers(case, catalog)
    made = () if case.target == "local" else (node_stage(case, catalog), image_stage(case, catalog))
    return (*made, *weight_stages(case, catalog), *engine_stages(case, catalog))


def total_of(stages: tuple[Stage, ...]) -> Seconds | None:
    """Sum of the known stages."""
    known = [stage.seconds for stage in stages if stage.seconds is not None]
    return sum(known, start=NOTHING) if known else None


def _endpoint(catalog: Catalog) -> tuple[Stage, ...]:
    return (
        fixed(
            "endpoint initializing",
            "node",
            catalog.start_rates["endpoint/initializing"],
            "of the small models in Hugging Face's guides, which name no parts of a start",
        ),
        unknown(
            "weights of this model",
            "container",
            "Hugging Face does not say how fast weights reach an endpoint",
        ),
    )
