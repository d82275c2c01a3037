"""What leaves the gateway: headers, the page's fence, metrics and the access log."""

from __future__ import annotations

import json

from tests.support.live_gateway import KEY, LiveGateway
from tests.support.raw_http import call
from tests.support.recording_backend import RecordingBackend


def test_what_a_client_claims_about_itself_is_not_passed_on(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    backend.requests.clear()
    claims = {
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil.example",
        "forwarded": "for=203.0.113.9",
        "x-real-ip": "203.0.113.9",
        "x-request-id": "203.0.113.9",
        "x-http-method-override": "DELETE",
        "x-original-url": "/docs",
        "x-envoy-upstream-rq-timeout-ms": "1",
        "x-envoy-retry-on": "5xx",
    }
    assert call(gateway.port, "GET", "/v1/models", headers=claims).status == 200
    [request] = backend.requests
    assert request.header("x-forwarded-proto") == ["http"]
    names = {name for name, _ in request.headers}
    assert names & claims.keys() == {"x-forwarded-for", "x-forwarded-proto", "x-request-id"}
    assert not [value for _, value in request.headers if value in claims.values()]


def test_answers_do_not_say_what_made_them(gateway: LiveGateway) -> None:
    for path in ("/v1/models", "/", "/nowhere", "/health"):
        names = {name for name, _ in call(gateway.port, "GET", path).headers}
        assert not [name for name in names if name == "server" or "envoy" in name]
        assert {"x-request-id", "x-content-type-options"} <= names


def test_the_page_is_fenced_in_by_its_headers(gateway: LiveGateway) -> None:
    page = call(gateway.port, "GET", "/", key=None)
    policy = page.header("content-security-policy") or ""
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert page.header("x-frame-options") == "DENY"
    assert page.header("referrer-policy") == "no-referrer"
    types = [call(gateway.port, "GET", p, key=None).header("content-type") for p in FILES]
    assert types == [f"text/{kind}; charset=utf-8" for kind in ("html", "css", "javascript")]


FILES = ("/", "/chat.css", "/chat.js")


def test_metrics_are_envoys_own_and_need_a_key(gateway: LiveGateway) -> None:
    assert call(gateway.port, "GET", "/metrics", key=None).status == 401
    metrics = call(gateway.port, "GET", "/metrics").body.decode()
    assert "# TYPE envoy_cluster_upstream_rq_total counter" in metrics
    assert 'envoy_http_conn_manager_prefix="gateway"' in metrics


def test_a_request_is_one_json_line_without_its_secrets(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    secret = "sk-pasted-in-the-wrong-place"
    port = gateway.port
    answer = call(port, "POST", f"/v1/completions?key={secret}", body=secret.encode())
    call(port, "GET", f"/{secret}", headers={"x-api-key": secret})
    call(port, "GET", "/v1/models", key=secret)
    gateway.wait_for("the log", lambda: gateway.output.read_text().count('"status":401') > 0)
    log = gateway.output.read_text()
    assert KEY not in log
    assert secret not in log
    lines = [json.loads(line) for line in log.splitlines()]
    line = next(line for line in lines if line["request_id"] == answer.header("x-request-id"))
    expected = {
        "key_name": "default",
        "method": "POST",
        "route": "v1/completions",
        "status": 200,
        "replica": backend.socket,
        "attempts": 1,
        "bytes_received": len(secret),
    }
    assert {name: line[name] for name in expected} == expected


def test_keys_are_in_no_log_and_no_file_but_one(gateway: LiveGateway) -> None:
    holders = [p.name for p in gateway.directory.iterdir() if p.is_file() and KEY in p.read_text()]
    assert holders == ["keys.json"]
    assert KEY.encode() not in gateway.admin("/config_dump")
