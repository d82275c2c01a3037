"""Section `gateway`: the gateway's pods."""

from __future__ import annotations

from typing import Annotated, Literal

from planning.settings.base import Section
from planning.settings.cpu import Cpu
from planning.settings.limits import between, sizes
from planning.settings.scaling import Replicas
from planning.settings.units import Memory


class Gateway(Section):
    """The gateway's pods; what it lets in is section `access`."""

    replicas: Annotated[Replicas, between("1..1", "64..64", Replicas.parse)] = Replicas(2, 2)
    """A fixed number; or a range such as `2..6`, then by CPU."""
    routing: Literal["least-requests", "prefix-aware"] = "least-requests"
    """Which replica gets a request. `least-requests`: the one with the fewest. `prefix-aware`: the
    one that has most of the prompt in its KV cache, by the endpoint picker of the Gateway API
    inference extension; `vllm` only."""
    cpu: Cpu = Cpu(500)
    """Of one pod."""
    memory: Annotated[Memory, sizes("64Mi", "64Gi")] = Memory(256 << 20)
    """Of one pod."""
