"""From specs to what the local resources get."""

from __future__ import annotations

import dataclasses

import pytest

from components.engines.onnx import server_arguments
from components.engines.revision import module_revision
from components.local.gateway_inputs import gateway_inputs, gateway_spec
from components.specs import GatewaySpec, KeySpec, ServerSpec, TlsSpec

GATEWAY = GatewaySpec(
    host="127.0.0.1",
    port=8080,
    tls=None,
    keys=(KeySpec(name="a", source=""), KeySpec(name="b", source="")),
    requests_per_minute=None,
    max_connections=10,
    max_streams=20,
    request_timeout_seconds=1.5,
    max_request_bytes=1024,
    drain_seconds=2.0,
)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"requests_per_minute": 5},
        {"tls": TlsSpec(certificate=None, private_key=None)},
        {"tls": TlsSpec(certificate="/c", private_key="/k")},
        {"keys": ()},
    ],
)
def test_a_gateways_inputs_say_its_whole_spec(change: dict[str, object]) -> None:
    spec = dataclasses.replace(GATEWAY, **change)  # pyright: ignore[reportArgumentType]
    as_floats = {
        name: float(value) if isinstance(value, int) else value
        for name, value in gateway_inputs(spec).items()
    }
    values = {key.name: "value" for key in spec.keys}
    assert gateway_spec({**as_floats, "keys": values}) == spec


def test_every_setting_of_a_server_is_one_of_its_arguments() -> None:
    spec = ServerSpec(
        model_name="name",
        max_context=101,
        max_concurrent=102,
        max_queue=103,
        threads=104,
        request_timeout_seconds=105.5,
        drain_seconds=106.5,
        ready_timeout_seconds=107.5,
        memory_bytes=108,
    )
    given = server_arguments(spec, "/model")
    options = dict(zip(given[::2], given[1::2], strict=True))
    assert options == {
        "--model-dir": "/model",
        "--model-name": "name",
        "--max-context": "101",
        "--max-concurrent": "102",
        "--max-queue": "103",
        "--threads": "104",
        "--request-timeout": "105.5",
        "--drain": "106.5",
    }


def test_a_revision_tells_one_servers_code_from_anothers() -> None:
    package, module = module_revision("images.onnx.server"), module_revision("components.specs")
    assert package == module_revision("images.onnx.server")
    assert package != module
