"""Whoever has no key learns nothing: one answer, whatever was wrong, and no backend asked."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.gateway import keys_file
from components.gateway.routes import KEYED_ROUTES
from components.specs import KeySpec
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec, live_gateway
from tests.support.raw_h2 import request_block, send_h2
from tests.support.raw_http import call, send_raw
from tests.support.recording_backend import RecordingBackend

REFUSED = {
    "missing": [],
    "empty": ["authorization:"],
    "scheme alone": ["authorization: Bearer"],
    "wrong": ["authorization: Bearer wrong-key-0123456789abcdef"],
    "one character off": [f"authorization: Bearer {KEY[:-1]}x"],
    "a part of it": [f"authorization: Bearer {KEY[:-1]}"],
    "more than it": [f"authorization: Bearer {KEY}x"],
    "other case": [f"authorization: Bearer {KEY.upper()}"],
    "no scheme": [f"authorization: {KEY}"],
    "other scheme": [f"authorization: Basic {KEY}"],
    "scheme in lower case": [f"authorization: bearer {KEY}"],
    "scheme twice": [f"authorization: Bearer Bearer {KEY}"],
    "two blanks": [f"authorization: Bearer  {KEY}"],
    "tab": [f"authorization: Bearer\t{KEY}"],
    "quoted": [f'authorization: Bearer "{KEY}"'],
    "list": [f"authorization: Bearer {KEY}, Bearer {KEY}"],
    "not ASCII": ["authorization: Bearer schl\xfcssel-0123456789"],
    "key's name": ["authorization: Bearer default"],
    "twice, wrong first": ["authorization: Bearer wrong-key", f"authorization: Bearer {KEY}"],
    "twice, wrong last": [f"authorization: Bearer {KEY}", "authorization: Bearer wrong-key"],
    "twice the same": [f"authorization: Bearer {KEY}", f"authorization: Bearer {KEY}"],
    "other header": [f"x-api-key: {KEY}", f"api-key: {KEY}", f"proxy-authorization: Bearer {KEY}"],
    "cookie": [f"cookie: authorization={KEY}"],
    "said to be known": ["x-slipway-client: default"],
    "10 KB": ["authorization: Bearer " + "k" * 10_000],
    "over the header limit": ["authorization: Bearer " + "k" * 100_000],
    "over the limit after the right one": [f"authorization: Bearer {KEY}", "x: " + "k" * 100_000],
    "too many headers": ["authorization: Bearer wrong-key", *(f"x-{n}: y" for n in range(150))],
}


@pytest.mark.parametrize("route", KEYED_ROUTES, ids=lambda route: route[1])
def test_every_wrong_key_gets_the_same_answer(
    route: tuple[str, str], gateway: LiveGateway, backend: RecordingBackend
) -> None:
    backend.requests.clear()
    port = gateway.port

    def ask(headers: list[str]) -> object:
        lines = [" ".join((*route, "HTTP/1.1")), "host: gateway", *headers]
        answer = send_raw(port, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n")
        return answer and answer.form()

    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(REFUSED, pool.map(ask, REFUSED.values()), strict=True))
    assert {kind for kind, answer in answers.items() if answer != answers["missing"]} == set()
    assert backend.requests == []


def test_the_answer_is_an_openai_error(gateway: LiveGateway) -> None:
    answer = call(gateway.port, "GET", "/v1/models", key=None)
    assert answer.status == 401
    assert answer.header("www-authenticate") == "Bearer"
    assert answer.header("content-type") == "application/json"
    assert json.loads(answer.body)["error"]["code"] == "invalid_api_key"


def test_wrong_keys_over_http2_are_refused_alike(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    backend.requests.clear()
    bare = request_block("GET", "/v1/models", key=None)
    right = ("authorization", f"Bearer {KEY}")
    wrong = ("authorization", "Bearer wrong-key")
    blocks = [bare, [*bare, wrong], [*bare, right, wrong], [*bare, wrong, right]]
    ends = [send_h2(gateway.port, block) for block in blocks]
    assert {(end.status, end.body) for end in ends} == {(401, ends[0].body)}
    # HTTP/2 has no answer to a header block over the limit: the stream is reset.
    assert send_h2(gateway.port, [*bare, right, ("x", "k" * 100_000)]).status is None
    assert backend.requests == []


def test_the_key_stays_at_the_gateway_and_its_name_goes_on(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    backend.requests.clear()
    spoof = {"x-slipway-client": "somebody", "cookie": "a=b"}
    assert call(gateway.port, "GET", "/v1/models", headers=spoof).status == 200
    [request] = backend.requests
    assert request.header("x-slipway-client") == ["default"]
    assert KEY not in str(request)
    assert request.header("cookie") == []


def test_several_named_keys_work_side_by_side(backend: RecordingBackend) -> None:
    backend.requests.clear()
    keys = {"alice": "alices-key-0123456789", "bob": "bobs-key-0123456789abc"}
    spec = gateway_spec(keys=tuple(KeySpec(name=name, source="generated") for name in keys))
    with live_gateway(spec, [backend.socket], keys) as gateway:
        for key in keys.values():
            assert call(gateway.port, "GET", "/v1/models", key=key).status == 200
    assert [r.header("x-slipway-client") for r in backend.requests] == [["alice"], ["bob"]]


def test_without_authentication_no_key_is_asked_or_passed_on(backend: RecordingBackend) -> None:
    backend.requests.clear()
    spec = gateway_spec(keys=())
    with live_gateway(spec, [backend.socket]) as gateway:
        assert call(gateway.port, "GET", "/v1/models", key=None).status == 200
        assert call(gateway.port, "GET", "/v1/models", key=KEY).status == 200
        assert b"api_key_auth" not in gateway.admin("/config_dump?resource=dynamic_listeners")
    assert KEY not in str(backend.requests)


@pytest.mark.parametrize("value", ["", "short", "with blank 0123456789", "comma,0123456789abcd"])
def test_a_key_that_cannot_be_a_bearer_token_is_refused_without_showing_it(value: str) -> None:
    with pytest.raises(ValueError, match="access key 'ci'") as refusal:
        keys_file({"ci": value})
    assert not value or value not in str(refusal.value)


def test_two_names_for_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="access keys 'a' and 'b' have the same value"):
        keys_file({"a": KEY, "b": KEY})
