"""An endpoint picker decides which replica gets a prompt."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from components.gateway.balancing import PICKED_HEADER
from components.gateway.site import Address
from tests.support.free_port import free_port
from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.picking import Picker, picking
from tests.support.raw_http import call, open_call
from tests.support.recording_backend import RecordingBackend, tcp_backend

CHAT = "/v1/chat/completions"
BODY = b'{"messages": "' + 200_000 * b"x" + b'"}'


@dataclass
class Picked:
    gateway: LiveGateway
    picker: Picker
    replicas: dict[str, RecordingBackend]
    """By address."""

    def asked(self, path: str = CHAT, **request: object) -> str:
        """Name of the replica that has answered."""
        answer = call(self.gateway.port, "POST", path, body=BODY, **request)  # type: ignore[arg-type]
        assert answer.status == 200, answer
        return json.loads(answer.body)["from"]


@contextmanager
def picked(port: int | None = None) -> Generator[Picked]:
    """Two replicas; `port` in place of the picker's own."""
    with picking() as picker, tcp_backend("one") as one, tcp_backend("two") as two:
        replicas = {f"127.0.0.1:{at}": backend for backend, at in (one, two)}
        address = Address(host="127.0.0.1", port=port or picker.port)
        with live_gateway(gateway_spec(), [], picker=address) as gateway:
            listed = (gateway.directory / "endpoints.json").read_text()
            gateway.replace("endpoints.json", _with(listed, list(replicas)))
            gateway.wait_for(
                "both replicas", lambda: gateway.stat("cluster.engine.membership_healthy") == 2
            )
            yield Picked(gateway, picker, replicas)


def test_a_prompt_goes_to_the_replica_that_the_picker_names_after_it_has_read_it() -> None:
    with picked() as stack:
        for address, backend in stack.replicas.items():
            stack.picker.address = address
            stack.picker.bodies.clear()
            assert {stack.asked() for _ in range(5)} == {backend.name}
            assert b"".join(stack.picker.bodies) == 5 * BODY
        assert all(request.body == BODY for request in stack.replicas[address].requests)


def test_a_client_picks_nothing() -> None:
    with picked() as stack:
        (wished, _) = stack.replicas
        found = {stack.asked(headers={PICKED_HEADER: wished}) for _ in range(20)}
        assert found == {"one", "two"}, "as without a header, where the picker names nobody"


def test_a_named_replica_that_cannot_be_reached_is_not_the_end_of_a_request() -> None:
    with picked() as stack:
        stack.picker.address = f"127.0.0.1:{free_port()}"
        assert {stack.asked() for _ in range(20)} == {"one", "two"}


def test_without_a_picker_a_prompt_is_refused_and_told_to_come_back() -> None:
    """Envoy cannot go on without the word of one that it hands a body to."""
    with picked(free_port()) as stack:
        refused = call(stack.gateway.port, "POST", CHAT, body=BODY)
        assert (refused.status, refused.header("retry-after")) == (503, "1")
        assert json.loads(refused.body)["error"]["code"] == "unavailable"
        assert call(stack.gateway.port, "GET", "/v1/models").status == 200


def test_only_prompts_are_shown_to_the_picker() -> None:
    with picked() as stack:
        assert call(stack.gateway.port, "GET", "/v1/models").status == 200
        assert call(stack.gateway.port, "GET", "/health", key=None).status == 200
        assert stack.picker.bodies == []


def test_a_picker_that_goes_cuts_no_stream() -> None:
    with picked() as stack:
        address, backend = next(iter(stack.replicas.items()))
        stack.picker.address, backend.mode = address, "stream"
        with open_call(stack.gateway.port, "POST", CHAT, body=b"{}") as stream:
            backend.say(b"one")
            assert stream.readline() == b"data: one\n"
            stack.gateway.wait_for(
                "no open question",
                lambda: stack.gateway.stat("cluster.picker.upstream_rq_active") == 0,
            )
            backend.say(None)
            assert stream.read() == b"\n"


def _with(listed: str, addresses: list[str]) -> str:
    """The file of replicas, with these in place of sockets."""
    file = json.loads(listed)
    (cluster,) = file["resources"]
    cluster["endpoints"] = [{"lb_endpoints": [_endpoint(one) for one in addresses]}]
    return json.dumps(file)


def _endpoint(address: str) -> dict[str, object]:
    host, _, port = address.partition(":")
    return {"endpoint": {"address": {"socket_address": {"address": host, "port_value": int(port)}}}}
