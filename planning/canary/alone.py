"""What a canary would be as a stack of its own: rules and plan are the same for both."""

from __future__ import annotations

from dataclasses import replace

from planning.problems import Problem
from planning.settings.canary import Canary
from planning.settings.engine import Engine
from planning.settings.model import Model

_KEYS = {
    "slipway:model.source": "slipway:canary.source",
    "slipway:model.sha256": "slipway:canary.sha256",
    "slipway:model.config": "slipway:canary.config",
    "slipway:engine.quantization": "slipway:canary.quantization",
    "slipway:engine.version": "slipway:canary.version",
}


def own_model(model: Model, canary: Canary) -> Model:
    """Clients send the same name, and as long requests."""
    if canary.source is None:
        return model
    about = {"source": canary.source, "sha256": canary.sha256, "config": canary.config}
    return model.model_copy(update=about)


def own_engine(engine: Engine, canary: Canary) -> Engine:
    said = {"quantization": canary.quantization, "version": canary.version}
    return engine.model_copy(update={key: value for key, value in said.items() if value})


def of_canary(problem: Problem) -> Problem:
    """A problem of that stack, in the words of the one that has the canary."""
    if key := _KEYS.get(problem.path):
        return replace(problem, path=key)
    return replace(problem, path="slipway:canary", got=f"{problem.path}: {problem.got}")
