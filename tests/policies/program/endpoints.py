"""Inference Endpoints."""

from __future__ import annotations

from components.hf_endpoint import HfEndpoint
from tests.support.hf_stack import spec_of


def declare(kind: str) -> None:
    good = kind == "good"
    image = f"vllm/vllm-openai@sha256:{'a' * 64}" if good else "vllm/vllm-openai:v0.23.0"
    changes = {
        "type": "authenticated" if good else "public",
        "image": {"variant": "vLLM", "url": image, "settings": {"port": 8000}},
    }
    HfEndpoint(f"{kind}-endpoint", spec_of(f"{kind}-endpoint", changes))
