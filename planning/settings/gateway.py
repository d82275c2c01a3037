"""Section `gateway`: the gateway's pods."""

from __future__ import annotations

from typing import Annotated

from planning.settings.base import Section
from planning.settings.cpu import Cpu
from planning.settings.limits import between, sizes
from planning.settings.scaling import Replicas
from planning.settings.units import Memory


class Gateway(Section):
    """The gateway's pods; what it lets in is section `access`."""

    replicas: Annotated[Replicas, between("1..1", "64..64", Replicas.parse)] = Replicas(2, 2)
    """A fixed number; or a range such as `2..6`, then by CPU."""
    cpu: Cpu = Cpu(500)
    """Of one pod."""
    memory: Annotated[Memory, sizes("64Mi", "64Gi")] = Memory(256 << 20)
    """Of one pod."""
