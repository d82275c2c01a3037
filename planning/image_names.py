"""Names of images, as `slipway:images.overrides` and the catalog write them."""

from __future__ import annotations

from typing import Literal

UpstreamImage = Literal[
    "python",
    "envoy",
    "ratelimit",
    "redis",
    "endpoint-picker",
    "vllm",
    "triton",
    "tensorrt-llm",
]
"""Made by others."""
ImageName = Literal["onnx", UpstreamImage]
