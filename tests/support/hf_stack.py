"""Stacks of endpoints on the real Pulumi engine, against the fake API."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components.specs import (
    HfEndpointSpec,
    HfImageSpec,
    HfPrivateLinkSpec,
    HfRegistrySpec,
    HfScalingSpec,
)
from operations.leftovers import leftovers
from providers.local import processes
from tests.support.hf_api import FakeApi
from tests.support.pulumi_stack import ROOT, PulumiStack

PROGRAM = ROOT / "tests" / "hf" / "programs" / "endpoints"
REVISION = "0123456789abcdef0123456789abcdef01234567"
OTHER_REVISION = "fedcba9876543210fedcba9876543210fedcba98"
VLLM = {"variant": "vLLM", "url": "vllm/vllm-openai:v0.23.0", "settings": {"port": 8000}}


def spec_of(name: str, changes: Mapping[str, Any]) -> HfEndpointSpec:
    """A small vLLM endpoint with `changes`, in the names of the spec's fields."""
    fields: dict[str, Any] = {
        "name": name,
        "namespace": "acme",
        "repository": "Qwen/Qwen3-8B",
        "revision": REVISION,
        "vendor": "aws",
        "region": "us-east-1",
        "accelerator": "gpu",
        "instance_type": "nvidia-l4",
        "instance_size": "x1",
        "image": VLLM,
        **changes,
    }
    nested = {
        "image": HfImageSpec,
        "registry": HfRegistrySpec,
        "scaling": HfScalingSpec,
        "private_link": HfPrivateLinkSpec,
    }
    for field, kind in nested.items():
        if fields.get(field) is not None:
            fields[field] = kind(**fields[field])
    lists = {key: tuple(fields[key]) for key in ("command", "args", "tags") if key in fields}
    return HfEndpointSpec(**{**fields, **lists})


@contextmanager
def hf_stack(api: FakeApi, **endpoints: Mapping[str, Any]) -> Generator[PulumiStack]:
    """`endpoints`: resource name -> changes of `spec_of`'s endpoint."""
    config = {"hf:endpoints": {name: dict(spec) for name, spec in endpoints.items()}}
    with program_stack(api, PROGRAM, config) as stack:
        yield stack


@contextmanager
def program_stack(api: FakeApi, main: Path, config: dict[str, Any]) -> Generator[PulumiStack]:
    """A stack of the program in `main`; whatever it started has ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="slipway-") as folder:
        stack = PulumiStack(
            folder=Path(folder),
            main=main,
            project=f"slipway-test-{uuid.uuid4().hex[:8]}",
            config=config,
            variables=variables(api, Path(folder)),
        )
        try:
            yield stack
        finally:
            left = [process.pid for process in leftovers(stack.folder)]
            processes.end(left, grace_seconds=5)


def variables(api: FakeApi, home: Path) -> dict[str, str]:
    """What lets the plugin find the fake API and nobody's own settings."""
    return {
        "SLIPWAY_HF_API": f"{api.url}/v2",
        "HF_ENDPOINT": api.url,
        "HF_TOKEN": api.token,
        "HF_HOME": str(home / "hf"),
        "HF_DEBUG": "1",  # must not make the client log what it sends
    }


def endpoint_of(stack: PulumiStack, name: str) -> dict[str, Any]:
    """The part of the configuration that `hf_stack` takes; change it, then run `up`."""
    return stack.config["hf:endpoints"][name]
