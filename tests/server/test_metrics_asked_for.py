"""What rules, dashboards and autoscalers ask of our server is what it reports."""

from __future__ import annotations

from tests.support.engine_app import app_client
from tests.support.fake_runner import FakeRunner, LetterCodec
from tests.support.observed_specs import CATALOG, CPU, expressions, observed_spec, recorded
from tests.support.promql import selectors, unmatched
from tests.support.server_process import MODEL

CHAT = {"model": MODEL, "messages": [{"role": "user", "content": "hello"}], "max_tokens": 3}


def test_every_selector_finds_a_series_of_a_server_that_has_served() -> None:
    spec = observed_spec(CPU, served_name=MODEL)
    asked = {one for text in expressions(spec) for one in selectors(text)}
    elsewhere = ("envoy_", "kube_", "DCGM_")
    ours = [
        one
        for one in asked
        if not one.name.startswith(elsewhere) and one.name not in recorded(spec)
    ]
    with app_client(FakeRunner(2), LetterCodec()) as client:
        assert client.post("/v1/chat/completions", json=CHAT).status_code == 200
        reported = client.get("/metrics").text
    assert unmatched(ours, reported) == []
    assert len(ours) >= 10


def test_every_name_and_bucket_of_the_contract_is_reported() -> None:
    metrics = CATALOG.engine_contracts[CPU].value.metrics
    with app_client(FakeRunner(2), LetterCodec()) as client:
        client.post("/v1/chat/completions", json=CHAT)
        reported = client.get("/metrics").text
    for meaning, bounds in metrics.buckets.items():
        lines = [
            line for line in reported.splitlines() if f"{metrics.names[meaning]}_bucket" in line
        ]
        assert [line.split('le="')[1].split('"')[0] for line in lines] == [
            *(str(float(bound)) for bound in bounds),
            "+Inf",
        ]
