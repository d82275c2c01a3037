"""Models that are asked by KServe's protocol, behind the port, keys and limits of the others."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass

import pytest

from components.gateway.site import Address
from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import call
from tests.support.recording_backend import RecordingBackend, recording_backend, tcp_backend

EMBED, CHAT = "/v2/models/embed/infer", "/v1/chat/completions"


@dataclass
class Pair:
    gateway: LiveGateway
    text: RecordingBackend
    others: RecordingBackend

    def asked(self) -> tuple[list[str], list[str]]:
        """Paths that reached each, without the gateway's own questions."""
        text, others = (
            [request.line.split()[1] for request in backend.requests]
            for backend in (self.text, self.others)
        )
        return text, [path for path in others if path != "/v2/health/ready"]


@contextlib.contextmanager
def pair(**spec: object) -> Generator[Pair]:
    with recording_backend("text") as text, tcp_backend("others") as (others, port):
        address = Address(host="127.0.0.1", port=port)
        asked = gateway_spec(inference=("embed",), **spec)
        with live_gateway(asked, [text.socket], inference=address) as gateway:
            gateway.wait_for(
                "a ready replica",
                lambda: gateway.stat("cluster.inference.membership_healthy") == 1,
            )
            yield Pair(gateway, text, others)


def test_requests_for_a_named_model_go_to_the_port_of_kserves_protocol() -> None:
    with pair() as both:
        assert call(both.gateway.port, "POST", EMBED).status == 200
        assert call(both.gateway.port, "POST", CHAT).status == 200
        assert both.asked() == ([CHAT], [EMBED])


def test_a_model_is_not_asked_without_a_key() -> None:
    with pair() as both:
        assert call(both.gateway.port, "POST", EMBED, key=None).status == 401
        assert both.asked() == ([], [])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v2/models/other/infer"),
        ("POST", "/v2/models/embed/generate"),
        ("POST", "/v2/repository/models/embed/unload"),
        ("GET", "/v2/models/embed/config"),
        ("GET", EMBED),
        ("POST", f"{EMBED}/../../other/infer"),
    ],
)
def test_nothing_else_of_that_protocol_is_reached(method: str, path: str) -> None:
    with pair() as both:
        assert call(both.gateway.port, method, path).status == 404
        assert both.asked() == ([], [])


def test_a_keys_limit_counts_requests_for_all_models_together() -> None:
    with pair(requests_per_minute=2) as both:
        found = [call(both.gateway.port, "POST", path).status for path in (EMBED, CHAT, EMBED)]
        assert found == [200, 200, 429]
