"""What a plan needs online."""

from __future__ import annotations

from operations.preflight.needs import ModelNeeds, Needs
from planning.architecture.weights import weight_bytes
from planning.plan import Plan


def needs_of_plan(plan: Plan) -> Needs:
    """The hub models of the plan; nothing for what comes from this machine or a wheel."""
    stored = weight_bytes(plan.architecture) if plan.architecture else None
    sources = [model.source.text for model in plan.settings.models if model.source.kind == "hf"]
    places = [source.removeprefix("hf:").partition("@") for source in sources]
    models = tuple(
        ModelNeeds(
            path="slipway:model.source",
            repository=repository,
            revision=revision,
            weight_bytes=stored,
        )
        for repository, _, revision in places
    )
    return Needs(models=models)
