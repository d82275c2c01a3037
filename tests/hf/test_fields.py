"""The field table against huggingface_hub itself, and every input down to the request."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from huggingface_hub import HfApi

from components.huggingface.endpoint_inputs import endpoint_inputs
from components.huggingface.fields import FIELDS
from providers.huggingface.check import problems
from providers.huggingface.declaration import Declaration
from providers.huggingface.difference import difference
from providers.huggingface.inputs import OPTIONAL, REQUIRED, with_defaults
from tests.support.hf_engine import URN
from tests.support.hf_stack import REVISION, spec_of
from tools.huggingface.page import PAGE, page

OWN = {"state", "readyTimeoutMinutes"}
"""Inputs that are none of the client's arguments: they become other calls and waits."""
FULL = with_defaults(
    endpoint_inputs(
        spec_of(
            "full",
            {
                "framework": "custom",
                "task": "text-generation",
                "image": {
                    "variant": "vLLM",
                    "url": "vllm/vllm-openai:v0.23.0",
                    "settings": {"tensorParallelSize": 2, "dataParallelSize": 1},
                },
                "command": ["python", "-m", "vllm"],
                "args": ["--x"],
                "env": {"A": "1"},
                "secrets": {"KEY": "env:KEY"},
                "scaling": {
                    "min_replica": 0,
                    "max_replica": 3,
                    "metric": "hardwareUsage",
                    "threshold": 75.5,
                    "scale_to_zero_minutes": 20,
                },
                "type": "private",
                "private_link": {"account_id": "123456789012", "region": "eu-west-1"},
                "domain": "chat.example.com",
                "path": "/models/chat",
                "cache_http_responses": True,
                "tags": ["team"],
            },
        )
    ),
    "full",
)
CUSTOM = {
    **FULL,
    "image": {"variant": "custom", "url": "ghcr.io/acme/server:1.2.3", "port": 9000},
    "registry": {"username": "acme", "password": "env:PASSWORD"},
}


def test_every_argument_of_the_client_is_in_the_table() -> None:
    """A new huggingface_hub with a new argument fails here until somebody maps it."""
    arguments = {
        name
        for method in (HfApi.create_inference_endpoint, HfApi.update_inference_endpoint)
        for name in inspect.signature(method).parameters
        if name != "self"
    }
    assert {field.client for field in FIELDS} == arguments
    assert len(FIELDS) == len(arguments)


def test_every_input_of_the_provider_is_in_the_table() -> None:
    inputs = {field.input.partition(".")[0] for field in FIELDS if field.input}
    assert inputs | OWN == REQUIRED.keys() | OPTIONAL.keys()


def test_every_input_reaches_its_argument_of_the_client() -> None:
    assert problems(FULL) == problems(CUSTOM) == []
    sent = {**_arguments(FULL, {"KEY": "k"}), **_registry(CUSTOM)}
    sent |= {"tensor_parallel_size": 2, "data_parallel_size": 1}
    image = sent["custom_image"]["vLLM"]
    assert (image["tensorParallelSize"], image["dataParallelSize"]) == (2, 1)
    expected = {field.client for field in FIELDS if field.input} - {"name", "namespace"}
    assert sent.keys() == expected
    by_hand = {"env": {"A": "1"}, "secrets": {"KEY": "k"}, "scale_to_zero_timeout": 20}
    by_hand |= {"scaling_threshold": 75.5, "path": "/models/chat", "revision": REVISION}
    by_hand |= {"private_link_account_id": "123456789012", "private_link_region": "eu-west-1"}
    by_hand |= {"container_registry_username": "acme", "container_registry_password": "p"}
    assert {name: sent[name] for name in by_hand} == by_hand


@pytest.mark.parametrize("field", [f for f in FIELDS if f.input], ids=lambda field: field.client)
def test_a_changed_value_updates_or_replaces_as_the_table_says(field: Any) -> None:
    before = CUSTOM if field.input.startswith("registry") else FULL
    after = _changed(before, field.input.split("."))
    found = difference(before, before, after)
    assert found.changes, field
    assert found.replace is (field.change == "replace")


@pytest.mark.parametrize(
    "field", [f for f in FIELDS if f.input and f.input in OPTIONAL], ids=lambda f: f.client
)
def test_a_value_taken_away_replaces_where_the_client_cannot_take_it_away(field: Any) -> None:
    if field.input not in FULL or field.change == "replace" or field.input in _ALWAYS:
        return
    after = {name: value for name, value in FULL.items() if name != field.input}
    if field.input == "scalingMetric":
        del after["scalingThreshold"]
    assert difference(FULL, FULL, after).replace is field.unset_replaces


_ALWAYS = {"name", "framework", "minReplica", "maxReplica"}


def test_every_test_that_the_table_names_exists() -> None:
    for field in FIELDS:
        file, _, function = field.tested.partition("::")
        tree = ast.parse((Path(__file__).parent / file).read_text())
        assert function in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}, field


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text() == page(), "run python -m tools.huggingface"


def _arguments(inputs: dict[str, Any], secrets: dict[str, str]) -> dict[str, Any]:
    declared = Declaration(urn=URN, inputs=inputs, secrets=secrets, instance="0" * 8)
    creation = declared.creation()
    with mock.patch("huggingface_hub.hf_api.get_session"):
        inspect.signature(HfApi.create_inference_endpoint).bind(None, "n", **creation)
        inspect.signature(HfApi.update_inference_endpoint).bind(None, "n", **declared.everything())
    return creation


def _registry(inputs: dict[str, Any]) -> dict[str, Any]:
    sent = _arguments(inputs, {"registry.password": "p"})
    return {name: value for name, value in sent.items() if "registry" in name}


def _changed(inputs: dict[str, Any], path: list[str]) -> dict[str, Any]:
    name, rest = path[0], path[1:]
    value = inputs[name]
    if rest:
        return {**inputs, name: _changed(value, rest)}
    match value:
        case bool():
            new: Any = not value
        case int() | float():
            new = value + 1
        case str():
            new = f"{value}x"
        case list():
            new = [*value, "more"]
        case _:
            new = {**value, "url" if name == "image" else "MORE": "env:MORE"}
    return {**inputs, name: new}
