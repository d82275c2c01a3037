"""The engine's container, by the engine's own renderer."""

from __future__ import annotations

from components.engines import onnx
from components.specs.container import ContainerSpec
from components.specs.engine import EngineSpec


def container_of(spec: EngineSpec) -> ContainerSpec:
    """Raises ValueError for what that version of the engine cannot be told."""
    return onnx.container(spec)
