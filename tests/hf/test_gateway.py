"""A real Envoy before an endpoint over TLS: our keys and limits in front, its token behind."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from components.gateway.remote import CREDENTIAL_FILE, credential_file, remote_of
from components.specs import GatewaySpec
from tests.support.canaries import spellings
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec
from tests.support.raw_http import Answer, call, open_call
from tests.support.tls_upstream import BASE, TlsUpstream, tls_upstream

TOKEN, NEXT_TOKEN = "hf_canaryOfTheEndpoint0123456789AB", "hf_theNextCanaryToken0123456789CD"
CHAT = "/v1/chat/completions"


@pytest.fixture
def upstream(tmp_path: Path) -> Iterator[TlsUpstream]:
    with tls_upstream(tmp_path, TOKEN) as upstream:
        yield upstream


@contextmanager
def fronted(
    upstream: TlsUpstream, spec: GatewaySpec | None = None, authorities: str | None = None
) -> Generator[LiveGateway]:
    spec = spec or gateway_spec()
    remote = remote_of(
        upstream.url, authorities=authorities or upstream.authorities, credential=True
    )
    gateway = LiveGateway(remote=remote)
    try:
        gateway.write(spec, {"default": KEY})
        gateway.replace(CREDENTIAL_FILE, credential_file(TOKEN))
        gateway.start(spec)
        yield gateway
    finally:
        gateway.stop()


def test_our_key_is_needed_and_the_endpoint_gets_its_own_token_name_and_path(
    upstream: TlsUpstream,
) -> None:
    with fronted(upstream) as gateway:
        assert _ask(gateway, key=None).status == 401
        assert _ask(gateway, key=TOKEN).status == 401, "the endpoint's token is no key of ours"
        assert upstream.asked == []
        assert _ask(gateway).status == 200
    (asked,) = upstream.asked
    assert (asked.method, asked.path) == ("POST", f"{BASE}{CHAT}")
    assert (asked.host, asked.server_name) == ("localhost", "localhost")
    assert asked.authorization == f"Bearer {TOKEN}"


def test_the_limit_of_a_key_holds_before_the_endpoint_is_asked(upstream: TlsUpstream) -> None:
    with fronted(upstream, gateway_spec(requests_per_minute=2)) as gateway:
        assert [_ask(gateway).status for _ in range(4)] == [200, 200, 429, 429]
    assert len(upstream.asked) == 2


def test_closed_routes_stay_closed_and_health_wakes_nobody(upstream: TlsUpstream) -> None:
    with fronted(upstream) as gateway:
        assert call(gateway.port, "GET", "/health", key=None).status == 200
        assert call(gateway.port, "GET", "/health/ready", key=KEY).status == 404
        assert call(gateway.port, "POST", "/generate", key=KEY, body=b"{}").status == 404
    assert upstream.asked == []


def test_a_rotated_token_is_used_at_once_and_no_stream_is_cut(upstream: TlsUpstream) -> None:
    with fronted(upstream) as gateway:
        before = gateway.pid
        with open_call(gateway.port, "POST", CHAT, body=b'{"stream": true}') as stream:
            upstream.events.put(b"one")
            assert stream.readline() == b"data: one\n"
            upstream.token = NEXT_TOKEN
            assert _ask(gateway).status == 401, "the endpoint no longer takes the old one"
            gateway.replace(CREDENTIAL_FILE, credential_file(NEXT_TOKEN))
            gateway.wait_for("the new token", lambda: _ask(gateway).status == 200)
            upstream.events.put(b"two")
            upstream.events.put(None)
            assert b"data: two\n" in stream.read()
        assert gateway.pid == before


def test_the_token_is_in_no_answer_log_metric_or_configuration_dump(upstream: TlsUpstream) -> None:
    with fronted(upstream) as gateway:
        answers = [_ask(gateway), _ask(gateway, key="wrong-key-0123456789"), _metrics(gateway)]
        seen: Mapping[str, bytes] = {
            **{
                str(n): answer.body + str(answer.headers).encode()
                for n, answer in enumerate(answers)
            },
            "dump": gateway.admin("/config_dump?include_eds"),
            "stats": gateway.admin("/stats"),
            "clusters": gateway.admin("/clusters"),
            "errors": gateway.errors().encode(),
            **{
                file.name: file.read_bytes()
                for file in gateway.directory.glob("*.json")
                if file.name != CREDENTIAL_FILE
            },
        }
    for kind, text in spellings(TOKEN).items():
        assert [name for name, data in seen.items() if text.encode() in data] == [], kind


def test_a_certificate_of_another_authority_gets_no_request(
    upstream: TlsUpstream, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        tls_upstream(tmp_path / "other", TOKEN) as other,
        fronted(upstream, authorities=other.authorities) as gateway,
    ):
        assert _ask(gateway).status == 503
        assert gateway.stat("cluster.engine.ssl.fail_verify_error") > 0
    assert upstream.asked == []


def test_an_address_without_tls_is_refused() -> None:
    with pytest.raises(ValueError, match="a token is sent over TLS only"):
        remote_of("http://endpoint.example.com", authorities="/ca.pem", credential=True)


def test_a_token_that_no_header_takes_is_refused_and_not_shown() -> None:
    with pytest.raises(ValueError, match="characters that no bearer token has") as failure:
        credential_file("hf_secret\r\nx-injected: 1")
    assert "hf_secret" not in str(failure.value)


def _ask(gateway: LiveGateway, key: str | None = KEY) -> Answer:
    return call(gateway.port, "POST", CHAT, key=key, body=b"{}")


def _metrics(gateway: LiveGateway) -> Answer:
    return call(gateway.port, "GET", "/metrics", key=KEY)
