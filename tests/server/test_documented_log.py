"""docs/observability.md names every field of the logs."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest

from components.gateway.access_log import access_log
from images.onnx.server.logs import JsonFormatter
from tests.support.engine_app import app_client
from tests.support.fake_runner import FakeRunner, LetterCodec
from tests.support.server_process import MODEL

PAGE = (Path(__file__).parents[2] / "docs" / "observability.md").read_text()
LOGS = PAGE[PAGE.index("## Logs") : PAGE.index("## How it is proven")]
GATEWAY, SERVER = (
    {
        name
        for row in re.findall(r"^\| (`.*?) \|", part, re.M)
        for name in re.findall(r"`(\w+)`", row)
    }
    for part in LOGS.split("ONNX server:")
)


def test_fields_of_the_gateways_log() -> None:
    logger = json.loads(json.dumps(access_log()))
    assert set(logger["typed_config"]["log_format"]["json_format"]) == GATEWAY


def test_fields_of_the_servers_log(caplog: pytest.LogCaptureFixture) -> None:
    chat = {"model": MODEL, "messages": [{"role": "user", "content": "a"}], "max_tokens": 2}
    with (
        caplog.at_level(logging.INFO, "slipway"),
        app_client(FakeRunner(2), LetterCodec()) as client,
    ):
        client.post("/v1/chat/completions", json=chat)
    (request,) = [record for record in caplog.records if record.getMessage() == "request"]
    fields = set(json.loads(JsonFormatter().format(request)))
    assert fields <= SERVER
    assert SERVER - fields <= {"request_id", "exception", "disconnected"}
