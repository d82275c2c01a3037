"""Off the allow-list there is one answer, and no backend hears of the question."""

from __future__ import annotations

import json

import pytest

from components.gateway.routes import KEYED_ROUTES
from tests.support.live_gateway import LiveGateway
from tests.support.raw_http import Answer, call, send_raw
from tests.support.recording_backend import RecordingBackend
from tests.support.spellings import spellings

SPELLINGS = spellings()


def test_there_are_enough_spellings() -> None:
    assert len(SPELLINGS) >= 8
    assert sum(map(len, SPELLINGS.values())) >= 200


@pytest.mark.parametrize("kind", SPELLINGS)
def test_no_spelling_of_a_closed_route_reaches_a_backend(
    kind: str, gateway: LiveGateway, backend: RecordingBackend
) -> None:
    backend.requests.clear()
    port = gateway.port
    constant = call(port, "GET", "/nowhere").form()
    wrong: list[object] = []
    for case in SPELLINGS[kind]:
        answer = send_raw(port, case.request)
        if case.routed:
            expected = constant[:2] + ((b"",) if case.request.startswith(b"HEAD") else constant[2:])
            if answer is None or answer.form() != expected:
                wrong.append((case.request, answer))
        elif answer is not None and not (400 <= answer.status < 500 and _is_error(answer)):
            wrong.append((case.request, answer))
    assert wrong == []
    assert [request.line for request in backend.requests] == []
    assert gateway.stat("cluster.admin.upstream_rq_total") == 0


def test_the_backend_is_reached_by_the_allowed_spelling(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    backend.requests.clear()
    engine = [route for route in KEYED_ROUTES if route[1] != "/metrics"]
    for method, path in engine:
        assert call(gateway.port, method, path + "?x=1", body=b"{}").status == 200
    expected = [f"{method} {path}?x=1 HTTP/1.1" for method, path in engine]
    assert [request.line for request in backend.requests] == expected


def _is_error(answer: Answer) -> bool:
    return set(json.loads(answer.body)["error"]) == {"message", "type", "param", "code"}
