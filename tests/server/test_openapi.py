"""The server against its own OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from images.onnx.server.app import create_app
from images.onnx.server.batching_engine import BatchingEngine
from tests.support.engine_app import app_settings
from tests.support.fake_runner import FakeRunner, LetterCodec
from tests.support.server_process import MODEL, PACED, server

ACCEPTANCE = [positive_data_acceptance, negative_data_rejection]
ENGINE = BatchingEngine(lambda: (FakeRunner(1), LetterCodec()), capacity=1, owned_by="none")
schema = schemathesis.openapi.from_dict(create_app(ENGINE, app_settings()).openapi())


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with server(PACED, tokens_per_second=5000, max_context=64, tcp=True) as running:
        yield running.base_url


@schema.parametrize()
@settings(max_examples=40, deadline=None)
def test_answers_are_as_documented_and_none_is_a_server_error(
    case: schemathesis.Case, base_url: str
) -> None:
    """Statuses, content types, headers and bodies; a 503 is documented, but none has a cause."""
    case.call_and_validate(base_url=base_url)


@schema.include(path_regex="completions$").parametrize()
@settings(max_examples=60, deadline=None)
def test_requests_that_reach_the_engine_are_answered_as_documented(
    case: schemathesis.Case, base_url: str
) -> None:
    """With a model name that exists. Whether a body is accepted is then no longer for the schema
    to say: the length in tokens decides too."""
    if isinstance(case.body, dict):
        case.body["model"] = MODEL
    case.call_and_validate(base_url=base_url, excluded_checks=ACCEPTANCE)


def test_every_response_that_a_client_must_handle_is_documented() -> None:
    operations = schema.raw_schema["paths"]
    for path in ("/v1/chat/completions", "/v1/completions"):
        documented = set(operations[path]["post"]["responses"])
        assert documented == {"200", "400", "404", "408", "429", "503"}
    assert "503" in operations["/health/ready"]["get"]["responses"]
