"""vLLM on this machine's processor, with rendered arguments: `make soak`, as it installs 6 GB."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from planning.catalog import load_catalog
from tests.support import vllm_server
from tests.support.rendered_engines import engine

pytestmark = pytest.mark.soak

METRICS = load_catalog().engine_contracts["vllm-0.33.0"].value.metrics
NAME = "SmolLM2-135M-Instruct"
TOKENS = 64


@pytest.fixture(scope="module")
def vllm(tmp_path_factory: pytest.TempPathFactory) -> Any:
    # Time to drain for the slowest machine: a busy processor makes few tokens a second.
    spec = engine(
        "vllm",
        "vllm-0.33.0",
        revision=None,
        served_name=NAME,
        context=2048,
        sequences=8,
        queue=4,
        drain_seconds=600,
    )
    with vllm_server.running(spec, tmp_path_factory.mktemp("vllm")) as server:
        yield server


def test_it_serves_the_model_under_its_name_with_the_context_that_was_asked_for(
    vllm: vllm_server.Vllm,
) -> None:
    [card] = httpx2.get(f"{vllm.url}/v1/models").json()["data"]
    assert (card["id"], card["max_model_len"]) == (NAME, 2048)


def test_its_metrics_have_the_names_and_the_label_of_the_row(vllm: vllm_server.Vllm) -> None:
    assert len(list(_chunks(vllm, 8))) >= 8
    text = httpx2.get(f"{vllm.url}{METRICS.path}", follow_redirects=True).text
    labels = {
        sample.name: sample.labels
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    for meaning, name in METRICS.names.items():
        series = name if name in labels else f"{name}_count"
        assert labels[series][str(METRICS.model_label)] == NAME, meaning


def test_a_stream_that_runs_when_it_is_told_to_stop_comes_to_its_end(
    vllm: vllm_server.Vllm,
) -> None:
    """The last test: it ends the server."""
    chunks = _chunks(vllm, TOKENS)
    assert next(chunks)
    vllm.process.send_signal(signal.SIGTERM)
    rest = list(chunks)
    assert rest[-1]["choices"][0]["finish_reason"] == "length"
    assert vllm.process.wait(timeout=600) == 0


def _chunks(vllm: vllm_server.Vllm, tokens: int) -> Iterator[dict[str, Any]]:
    body = {
        "model": NAME,
        "messages": [{"role": "user", "content": "Count to one hundred."}],
        "max_tokens": tokens,
        "ignore_eos": True,
        "temperature": 0,
        "stream": True,
    }
    url = f"{vllm.url}/v1/chat/completions"
    with httpx2.stream("POST", url, json=body, timeout=300) as answer:
        assert answer.status_code == 200, answer.read()
        for line in answer.iter_lines():
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))
