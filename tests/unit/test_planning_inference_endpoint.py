"""The `huggingFace` section in full, and the endpoint's spec from it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from components.huggingface.endpoint_inputs import endpoint_inputs
from components.huggingface.images import IMAGES
from components.specs import HfEndpointSpec, HfImageSpec
from planning.inference_endpoint import endpoint_name, endpoint_spec
from planning.settings.hugging_face import EndpointImage, HuggingFace
from providers.huggingface.check import problems
from providers.huggingface.inputs import with_defaults

REVISION = "0" * 40
FULL: dict[str, Any] = {
    "hardware": "aws/nvidia-l4/x4",
    "namespace": "acme",
    "name": "chat",
    "region": "eu-west-1",
    "type": "private",
    "image": {"variant": "custom", "url": "ghcr.io/acme/server:1.2.3", "port": 9000},
    "registry": {"username": "acme", "password": "config:registryPassword"},
    "command": ["serve"],
    "args": ["--verbose"],
    "env": {"LOG": "debug"},
    "secrets": {"HF_TOKEN": "env:MODEL_TOKEN"},
    "scaling": {"metric": "pendingRequests", "threshold": 2, "scaleToZeroAfter": "15m"},
    "state": "running",
    "domain": "chat.example.com",
    "path": "/models/chat",
    "privateLink": {"accountId": "123456789012", "region": "us-east-1"},
    "task": "text-generation",
    "cacheHttpResponses": True,
    "tags": ["team"],
    "readyTimeout": "45m",
}


def test_everything_that_the_section_says_is_in_the_inputs_and_passes_the_provider() -> None:
    inputs = endpoint_inputs(_spec(FULL, replicas=(0, 3)))
    assert problems(with_defaults(inputs, "chat")) == []
    assert {
        "vendor": "aws",
        "region": "eu-west-1",
        "instanceType": "nvidia-l4",
        "instanceSize": "x4",
        "image": {"variant": "custom", "url": "ghcr.io/acme/server:1.2.3", "port": 9000},
        "args": ["--plan", "--verbose"],
        "registry": {"username": "acme", "password": "config:registryPassword"},
        "minReplica": 0,
        "maxReplica": 3,
        "scalingMetric": "pendingRequests",
        "scalingThreshold": 2.0,
        "scaleToZeroTimeout": 15,
        "privateLink": {"accountId": "123456789012", "region": "us-east-1"},
        "readyTimeoutMinutes": 45,
    }.items() <= inputs.items()
    unused = {"hardware", "scaling", "readyTimeout"}
    assert FULL.keys() - unused <= inputs.keys()


def test_the_least_that_can_be_said_takes_the_plans_image_and_a_name_like_the_models() -> None:
    inputs = endpoint_inputs(_spec({"namespace": "acme"}))
    assert inputs["name"] == "qwen3-8b"
    assert inputs["region"] == "us-east-1"
    assert inputs["image"]["variant"] == "vLLM"
    assert problems(with_defaults(inputs, "chat")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"secrets": {"KEY": "hf_abcdefghijklmnop0123"}},
        {"env": {"KEY": "hf_abcdefghijklmnop0123"}},
        {"name": "Chat"},
        {"type": "protected"},
        {"tags": ["slipway-x"]},
        {"image": {"variant": "vLLM", "url": "u", "tensorParallelSize": 2}},
        {"privateLink": {"accountId": "1", "region": "us-east-1"}},
        {"scaling": {"scaleToZeroAfter": "30s"}},
        {"namespace": "-"},
    ],
)
def test_a_wrong_value_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HuggingFace.model_validate({"namespace": "acme", **wrong})


def test_the_images_of_the_section_are_the_providers() -> None:
    variants = EndpointImage.model_json_schema()["properties"]["variant"]["enum"]
    assert set(variants) <= IMAGES.keys()


@given(st.text(max_size=60))
def test_any_models_name_gives_a_valid_endpoint_name(model: str) -> None:
    inputs = endpoint_inputs(_spec({"namespace": "acme", "name": endpoint_name(model)}))
    assert problems(with_defaults(inputs, "chat")) == []


def _spec(section: dict[str, Any], replicas: tuple[int, int] = (1, 1)) -> HfEndpointSpec:
    return endpoint_spec(
        HuggingFace.model_validate(section),
        hardware="aws/nvidia-l4/x4",
        accelerator="gpu",
        repository="Qwen/Qwen3-8B",
        revision=REVISION,
        model_name="Qwen3-8B",
        replicas=replicas,
        image=HfImageSpec(variant="vLLM", url="vllm/vllm-openai:v0.23.0"),
        arguments=("--plan",),
    )
