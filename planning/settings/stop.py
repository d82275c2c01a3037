"""Section `stop`: how long a replica that leaves goes on."""

from __future__ import annotations

from typing import Annotated

from planning.settings.base import Section
from planning.settings.limits import between
from planning.settings.units import Duration


class Stop(Section):
    """How long a replica that leaves goes on; what is not said is computed from `engine.drain`."""

    pre_stop: Annotated[Duration, between("0s", "1h")] | None = None
    """Wait before the engine is told to stop, while others learn that it leaves."""
    grace_period: Annotated[Duration, between("1s", "3h")] | None = None
    """From the wish to stop until the replica is killed."""
