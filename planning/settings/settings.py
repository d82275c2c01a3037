"""Everything a user may say, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from planning.settings.access import Access
from planning.settings.base import Section
from planning.settings.budget import Budget
from planning.settings.engine import Engine
from planning.settings.model import Model
from planning.settings.scaling import Scaling
from planning.settings.traffic import Traffic

Target = Literal["local", "kubernetes", "eks", "hf-endpoint"]


class Stated(Section):
    """The `slipway:` keys of a stack file; every one is checked by itself, so all may be absent."""

    target: Target | None = None
    """Where the model runs. `local`: processes on this machine. Others come later."""
    model: Model | None = None
    """What is served: the shorthand for a `models` list of one."""
    models: Annotated[tuple[Model, ...], Field(min_length=1, max_length=64)] | None = None
    """Several models, where the engine serves several."""
    engine: Engine = Engine()
    """What runs the model, and how much it takes on at once."""
    scaling: Scaling = Scaling()
    """How many replicas."""
    access: Access = Access()
    """Who may call the endpoint, where it listens and what it takes."""
    traffic: Traffic | None = None
    """What load is expected."""
    budget: Budget | None = None
    """What it may cost."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A valid stack file. `model` has become the one element of `models`."""

    target: Target
    models: tuple[Model, ...]
    engine: Engine
    scaling: Scaling
    access: Access
    traffic: Traffic | None
    budget: Budget | None
    origin: str
    """The file (or program) that said so, for messages."""
