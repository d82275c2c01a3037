"""The fake API is what huggingface_hub's own source says, and drops what that does not send."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from typing import Any

import httpx2
import pytest
from huggingface_hub import HfApi, constants, hf_api
from huggingface_hub import _inference_endpoints as endpoints_module
from huggingface_hub.cli.inference_endpoints import ENGINE_IMAGE_KEYS
from huggingface_hub.errors import HfHubHTTPError

from components.huggingface.images import IMAGES, MANAGED
from tests.support.hf_api import FakeApi
from tests.support.hf_api.contract import CREATE_ONLY, FIELDS, IMAGE_FIELDS, ROUTES

EXAMPLES: dict[str, Any] = {
    "name": "chat",
    "namespace": "acme",
    "repository": "a/b",
    "min_replica": 0,
    "max_replica": 2,
    "scale_to_zero_timeout": 15,
    "scaling_metric": "pendingRequests",
    "scaling_threshold": 2.0,
    "custom_image": {"url": "u", "port": 1},
    "container_command": ["c"],
    "container_args": ["a"],
    "env": {"A": "1"},
    "secrets": {"S": "s"},
    "type": "public",
    "cache_http_responses": True,
    "tags": ["t"],
    "token": "hf_x",
}
_LEFT_OUT = {"account_id", "tensor_parallel_size", "data_parallel_size"}
_FIXTURE = {"vendors": []}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[httpx2.Request]:
    """Every request that the real client makes."""
    requests: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        status = {"state": "running", "createdAt": _NOW, "updatedAt": _NOW}
        model = {"repository": "a/b", "framework": "f", "revision": "r", "task": "t"}
        raw = {"name": "chat", "type": "public", "healthRoute": "/", "status": status}
        body = {**raw, "model": model, "items": [], **_FIXTURE}
        return httpx2.Response(200, json=body)

    client = httpx2.Client(transport=httpx2.MockTransport(answer))
    monkeypatch.setattr(hf_api, "get_session", lambda: client)
    return requests


_NOW = "2026-11-22T10:00:00.000Z"


def test_every_route_of_the_client_is_one_of_the_fakes(sent: list[httpx2.Request]) -> None:
    called = {_call(method) for method in _methods()}
    assert called == _methods(), "every method that asks the API was to be called"
    base = constants.INFERENCE_ENDPOINTS_ENDPOINT.removesuffix("/v2")
    found = {
        (
            request.method,
            str(request.url)
            .removeprefix(base)
            .replace("/acme", "/{namespace}")
            .replace("/chat", "/{name}"),
        )
        for request in sent
    }
    assert found == ROUTES


def test_every_field_that_the_client_sends_is_declared_and_no_other(
    sent: list[httpx2.Request],
) -> None:
    _call("create_inference_endpoint")
    created = _leaves(json.loads(sent[-1].content))
    _call("update_inference_endpoint")
    updated = _leaves(json.loads(sent[-1].content))
    assert created | updated == FIELDS
    assert created - updated == CREATE_ONLY


def test_images_and_their_fields_are_the_clients() -> None:
    assert set(IMAGE_FIELDS) == set(IMAGES) == {*ENGINE_IMAGE_KEYS.values(), MANAGED}
    for field, names in (
        ("tensorParallelSize", endpoints_module._TENSOR_PARALLEL_IMAGE_KEYS),
        ("dataParallelSize", endpoints_module._DATA_PARALLEL_IMAGE_KEYS),
    ):
        for table in (IMAGE_FIELDS, IMAGES):
            assert {variant for variant in table if field in table[variant]} == set(names)


def test_states_are_the_clients() -> None:
    states = {state.value for state in endpoints_module.InferenceEndpointStatus}
    known = {"pending", "initializing", "updating", "updateFailed", "running"}
    assert states == known | {"paused", "failed", "scaledToZero"}


def test_the_fake_drops_what_is_not_declared_and_says_what(api: FakeApi) -> None:
    client = _client(api)
    client.create_inference_endpoint(
        "chat",
        **_creation(custom_image={"tgi": {"url": "u", "tensorParallelSize": 4}}),
    )
    assert api.dropped == ["model.image.tgi.tensorParallelSize"]
    assert api.raw("chat")["model"]["image"] == {"tgi": {"url": "u"}}


def test_the_fake_refuses_as_the_client_expects(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", api.token)  # an endpoint's own calls take the ambient one
    client = _client(api)
    client.create_inference_endpoint("chat", **_creation())
    with pytest.raises(HfHubHTTPError, match="already exists"):
        client.create_inference_endpoint("chat", **_creation())
    for _ in range(3):
        client.get_inference_endpoint("chat", namespace="acme")
    resumed = client.resume_inference_endpoint("chat", namespace="acme")
    assert resumed.status == "running", "already running is no error to the client"
    endpoint = client.get_inference_endpoint("chat", namespace="acme")
    assert endpoint.wait(timeout=5, refresh_every=1) is endpoint


def _client(api: FakeApi) -> HfApi:
    constants.INFERENCE_ENDPOINTS_ENDPOINT = f"{api.url}/v2"
    return HfApi(token=api.token)


@pytest.fixture(autouse=True)
def address() -> Any:
    before = constants.INFERENCE_ENDPOINTS_ENDPOINT
    constants.INFERENCE_ENDPOINTS_ENDPOINT = "https://api.endpoints.huggingface.cloud/v2"
    yield
    constants.INFERENCE_ENDPOINTS_ENDPOINT = before


def _creation(**changes: Any) -> dict[str, Any]:
    return {
        "repository": "a/b",
        "framework": "custom",
        "accelerator": "gpu",
        "instance_size": "x1",
        "instance_type": "nvidia-l4",
        "region": "us-east-1",
        "vendor": "aws",
        "namespace": "acme",
        **changes,
    }


def _methods() -> set[str]:
    """Methods of the client whose source asks the endpoints API."""
    return {
        name
        for name, function in inspect.getmembers(HfApi, inspect.isfunction)
        if "INFERENCE_ENDPOINTS_ENDPOINT" in _names(function)
    }


def _names(function: Any) -> set[str]:
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
    return {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}


def _call(method: str) -> str:
    """Call it with every argument that it takes."""
    function = getattr(HfApi(token="hf_x"), method)
    arguments = {
        name: EXAMPLES.get(name, "x")
        for name in inspect.signature(function).parameters
        if name not in _LEFT_OUT and name != "running_ok"
    }
    function(**arguments)
    return method


def _leaves(body: dict[str, Any], path: str = "") -> set[str]:
    wholes = {"measure", "env", "secrets", "image"}
    found: set[str] = set()
    for name, value in body.items():
        if isinstance(value, dict) and name not in wholes:
            found |= _leaves(value, f"{path}{name}.")
        else:
            found.add(f"{path}{name}")
    return found
