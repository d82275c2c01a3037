"""What rules, dashboards and autoscalers ask of the gateway is what the pinned Envoy reports."""

from __future__ import annotations

import pytest

from tests.support.live_gateway import gateway_spec, live_gateway
from tests.support.observed_specs import expressions, observed_spec
from tests.support.promql import selectors, unmatched
from tests.support.raw_http import call
from tests.support.recording_backend import recording_backend

CHAT = "/v1/chat/completions"


@pytest.mark.parametrize("replicas", [(0, 4), (1, 4)], ids=str)
def test_every_selector_finds_a_series_of_a_gateway_that_has_served(
    replicas: tuple[int, int],
) -> None:
    spec = observed_spec(replicas=replicas)
    asked = {one for text in expressions(spec) for one in selectors(text)}
    of_envoy = [one for one in asked if one.name.startswith("envoy_")]
    live = gateway_spec(hold=spec.gateway.gateway.hold)
    with recording_backend() as backend, live_gateway(live, [backend.socket]) as gateway:
        call(gateway.port, "POST", CHAT, body=b"{}")
        # The class of an answer is counted from the first one on.
        backend.mode = "hang up"
        call(gateway.port, "POST", CHAT, body=b"{}")
        assert unmatched(of_envoy, gateway.admin("/stats/prometheus").decode()) == []
    assert len(of_envoy) >= 4
