"""The plan of a gateway before an Inference Endpoint."""

from __future__ import annotations

from typing import Any

import pytest

from planning.plan import Plan, make_plan
from planning.problems import SettingsError
from planning.report.build import plan_document
from planning.stackfile import load_settings

MODEL = {"source": f"hf:Qwen/Qwen3-4B@{'0' * 40}", "maxContext": 8192}
KEYS = [{"name": "web", "from": "generated"}, {"name": "batch", "from": "env:BATCH_API_KEY"}]


def test_keys_and_limits_of_access_are_the_gateways() -> None:
    plan = _plan(access={"keys": KEYS, "requestsPerMinute": 60, "port": 8090})
    front = plan.endpoint_gateway
    assert front is not None
    assert [key.name for key in front.gateway.keys] == ["web", "batch"]
    assert (front.gateway.port, front.gateway.requests_per_minute) == (8090, 60)
    document = plan_document(plan)
    assert document.gateway is not None
    assert document.gateway.base_url == "http://127.0.0.1:8090/v1"


def test_without_the_gateway_keys_are_refused_and_the_fix_names_it() -> None:
    with pytest.raises(SettingsError) as failure:
        _plan(section={}, access={"keys": KEYS})
    (problem,) = failure.value.problems
    assert (problem.path, problem.code) == ("slipway:access.keys", "key-unused")
    assert "huggingFace.localGateway" in problem.fixes[-1]


@pytest.mark.parametrize(
    ("section", "token"),
    [
        ({"localGateway": {}}, "env:HF_TOKEN"),
        ({"localGateway": {"token": "env:INFERENCE_TOKEN"}}, "env:INFERENCE_TOKEN"),
        ({"localGateway": {}, "type": "public"}, None),
    ],
)
def test_the_token_is_a_reference_and_a_public_endpoint_needs_none(
    section: dict[str, Any], token: str | None
) -> None:
    front = _plan(section=section).endpoint_gateway
    assert front is not None and front.token == token


def test_a_token_of_the_configuration_must_be_an_encrypted_value_that_is_there() -> None:
    section = {"localGateway": {"token": "config:hubToken"}}
    with pytest.raises(SettingsError, match="config:hubToken, which this stack has not set"):
        _plan(section=section)
    with pytest.raises(SettingsError, match="config:hubToken, which is not encrypted"):
        _plan(section=section, hubToken="plain")
    front = _plan(section=section, hubToken={"secure": "…"}).endpoint_gateway
    assert front is not None and front.token == "config:hubToken"


def test_a_token_itself_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as failure:
        _plan(section={"localGateway": {"token": "hf_abcdefghijklmnop0123"}})
    assert "hf_abcdefghijklmnop0123" not in str(failure.value)


def test_a_key_that_this_machine_cannot_read_is_refused() -> None:
    keys = [{"name": "web", "from": "aws-secretsmanager:keys/web"}]
    with pytest.raises(SettingsError, match="store-unsupported"):
        _plan(access={"keys": keys})


def test_a_gateway_that_others_reach_without_tls_is_warned_about() -> None:
    plan = _plan(access={"host": "0.0.0.0"})
    assert "plain-http" in {problem.code for problem in plan.problems}


def _plan(section: dict[str, Any] | None = None, **sections: Any) -> Plan:
    raw = {
        "target": "hf-endpoint",
        "model": MODEL,
        "huggingFace": {"hardware": "aws/nvidia-l4/x1", **(section or {})}
        if section is not None
        else {"hardware": "aws/nvidia-l4/x1", "localGateway": {}},
        **sections,
    }
    return make_plan(load_settings(raw, origin="test"), stack="test")
