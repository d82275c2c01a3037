"""What every answer has in common: request ids, error shape, logs and metrics."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from images.onnx.server.logs import JsonFormatter, redact
from tests.support.engine_app import app_client
from tests.support.fake_runner import FakeRunner, LetterCodec
from tests.support.server_process import MODEL

CHAT = {"model": MODEL, "messages": [{"role": "user", "content": "secretive"}], "max_tokens": 3}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with app_client(FakeRunner(2), LetterCodec()) as client:
        yield client


def test_a_sane_request_id_is_echoed_and_another_is_replaced(client: TestClient) -> None:
    def echoed(given: str) -> str:
        return client.get("/v1/models", headers={"x-request-id": given}).headers["x-request-id"]

    assert echoed("abc-123") == "abc-123"
    assert echoed("bad id\t{}") != "bad id\t{}"
    assert len(echoed("x" * 500)) == 32


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nowhere", None, 404),
        ("GET", "/v1/models/other", None, 404),
        ("DELETE", "/v1/models", None, 405),
        ("POST", "/v1/chat/completions", b"{not json", 400),
        ("POST", "/v1/chat/completions", b"[]", 400),
        ("POST", "/v1/chat/completions", b"", 400),
        ("POST", "/v1/chat/completions", b'{"model": "\\ud800", "messages": []}', 400),
        ("POST", "/v1/completions", b'{"model": "m", "prompt": [], "temperature": NaN}', 400),
    ],
)
def test_every_refusal_has_the_openai_shape(
    client: TestClient, method: str, path: str, body: bytes | None, status: int
) -> None:
    headers = {"content-type": "application/json"}
    refused = client.request(method, path, content=body, headers=headers)
    assert refused.status_code == status
    assert set(refused.json()["error"]) == {"message", "type", "param", "code"}


def test_a_wrong_value_deep_inside_is_named_by_its_path(client: TestClient) -> None:
    def param(content: object) -> str:
        messages = [{"role": "user", "content": "a"}, {"role": "user", "content": content}]
        answer = client.post("/v1/chat/completions", json={**CHAT, "messages": messages})
        return answer.json()["error"]["param"]

    assert param(5) == "messages[1].content"
    assert param([{"type": "image_url"}]).startswith("messages[1].content")


def test_the_log_names_the_request_but_not_the_prompt(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "slipway"):
        client.post(
            "/v1/chat/completions",
            json=CHAT,
            headers={"x-request-id": "r1", "authorization": "Bearer sk-very-secret"},
        )
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert line["path"] == "/v1/chat/completions"
    assert (line["status"], line["completion_tokens"]) == (200, 3)
    assert line["finish_reason"] == "length"
    everything = "".join(JsonFormatter().format(record) for record in caplog.records)
    assert "secretive" not in everything
    assert "sk-very-secret" not in everything


def test_prompts_are_logged_when_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.INFO, "slipway"),
        app_client(FakeRunner(2), LetterCodec(), log_prompts=True) as client,
    ):
        client.post("/v1/chat/completions", json=CHAT)
    assert any("secretive" in JsonFormatter().format(record) for record in caplog.records)


def test_credentials_are_redacted_wherever_they_come_from() -> None:
    assert redact("Authorization: Bearer sk-1, bye") == "Authorization: Bearer [redacted], bye"
    assert redact("{'authorization': 'Basic eDp5'}") == "{'authorization': 'Basic [redacted]'}"
    assert redact("authorization=sk-1") == "authorization=[redacted]"
    assert redact("bearer abc.def") == "bearer [redacted]"


def test_metrics_have_the_names_and_labels_of_the_model_server_protocol(
    client: TestClient,
) -> None:
    assert client.post("/v1/chat/completions", json=CHAT).status_code == 200
    families = {f.name: f for f in text_string_to_metric_families(client.get("/metrics").text)}
    for gauge in ("num_requests_waiting", "num_requests_running", "kv_cache_usage_perc"):
        assert families[f"vllm:{gauge}"].type == "gauge"
    (waiting,) = families["vllm:num_requests_waiting"].samples
    assert waiting.labels == {"model_name": MODEL, "engine": "0"}
    assert families["vllm:generation_tokens"].samples[0].value == 3
    assert families["vllm:prompt_tokens"].samples[0].value == len("secretive")
    counts = {s.name: s.value for f in families.values() for s in f.samples if "_count" in s.name}
    assert counts["vllm:time_to_first_token_seconds_count"] == 1
    assert counts["vllm:inter_token_latency_seconds_count"] == 2
    assert counts["vllm:e2e_request_latency_seconds_count"] == 1
    (finished,) = [s for s in families["vllm:request_success"].samples if s.name.endswith("_total")]
    assert finished.labels["finished_reason"] == "length"
