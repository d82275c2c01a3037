"""Section `scaling`: how many replicas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from planning.settings.base import Count, Section, Share
from planning.settings.traffic import Rate
from planning.settings.units import Unit


@dataclass(frozen=True, order=True)
class Replicas(Unit):
    """A fixed number of replicas, or the limits of an autoscaler."""

    minimum: int
    maximum: int

    written = "a whole number from 1 to 64, or a range such as 1..4"
    schema: ClassVar = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 64},
            {"type": "string", "pattern": r"^[0-9]{1,2}\.\.[0-9]{1,2}$"},
        ]
    }

    @property
    def fixed(self) -> bool:
        return self.minimum == self.maximum

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 64:
            return cls(value, value)
        if not isinstance(value, str):
            raise cls.refuse()
        if re.fullmatch(r"[0-9]{1,2}", value):
            raise cls.refuse(f"write {int(value)} without quotes")
        found = re.fullmatch(r"([0-9]{1,2})\.\.([0-9]{1,2})", value)
        if found is None or int(found[2]) > 64:
            raise cls.refuse()
        low, high = int(found[1]), int(found[2])
        if low > high:
            raise cls.refuse(f"write {high}..{low}")
        if high == 0:
            raise cls.refuse("write 0..1 to allow a scale to zero")
        return cls(low, high)

    def plain(self) -> str | int:
        return self.minimum if self.fixed else str(self)

    def __str__(self) -> str:
        return str(self.minimum) if self.fixed else f"{self.minimum}..{self.maximum}"


class Targets(Section):
    """Load of one replica above which another is added; the signal that wants most wins."""

    requests_per_second: Rate | None = None
    """Requests that one replica carries: above it another is added, also before the hour at which
    so many came the day before. Left out: as predicted for `traffic`, where that can be; else
    requests in a second decide nothing."""

    queued: Annotated[Count, Field(le=10_000)] = 4
    """Requests that wait."""
    kv_usage: Share = 0.8
    """Share of the KV cache in use, where the engine reports it."""


class Scaling(Section):
    """How many replicas serve the model."""

    replicas: Replicas | None = None
    """A fixed number; or a range such as `1..4` where the target scales (not `local`). Left out:
    1, or as many as `traffic` needs where that can be predicted."""
    full_context_requests: Annotated[Count, Field(le=4096)] = 1
    """Requests of `model.maxContext` tokens that one replica must be able to hold at once."""

    autoscaler: Literal["keda", "hpa"] | None = None
    """What changes the number within a range. Left out: `keda`. `hpa` needs an adapter that serves
    Prometheus' values as external metrics, and cannot go to zero."""
    targets: Targets = Targets.model_construct()
    """When a replica is added."""

    @property
    def fixed_replicas(self) -> int:
        """Of a target without autoscaler, which refuses a range."""
        return self.replicas.maximum if self.replicas else 1
