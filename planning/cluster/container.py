"""The engine's container, by the engine's own renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from components.engines import onnx, tensorrt_llm, triton, vllm
from components.specs.container import ContainerSpec
from components.specs.engine import EngineKind, EngineSpec

_RENDERERS: Mapping[EngineKind, Callable[[EngineSpec], ContainerSpec]] = {
    "onnx": onnx.container,
    "vllm": vllm.container,
    "triton": triton.container,
    "tensorrt-llm": tensorrt_llm.container,
}


def container_of(spec: EngineSpec) -> ContainerSpec:
    """Raises ValueError for what that version of the engine cannot be told."""
    return _RENDERERS[spec.kind](spec)
