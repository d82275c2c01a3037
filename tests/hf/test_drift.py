"""Refresh tells what somebody changed, and nothing that an endpoint does by its own policy."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from providers.huggingface.difference import difference
from tests.support.hf_api import FakeApi
from tests.support.hf_engine import Engine, inputs_of

SLEEPY = {"scaling": {"min_replica": 0, "max_replica": 2, "scale_to_zero_minutes": 15}}


@pytest.fixture(autouse=True)
def environment(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.setenv("SLIPWAY_HF_API", f"{api.url}/v2")
    monkeypatch.setenv("HF_TOKEN", api.token)
    yield


@pytest.mark.parametrize(
    ("declared", "state", "drift"),
    [
        ({}, "paused", False),
        ({}, "scaledToZero", False),
        ({}, "updating", False),
        ({}, "failed", True),
        ({}, "updateFailed", True),
        ({"state": "running"}, "paused", True),
        ({"state": "running"}, "initializing", False),
        ({"state": "running"}, "scaledToZero", True),
        ({"state": "running", **SLEEPY}, "scaledToZero", False),
        ({"state": "paused"}, "running", True),
        ({"state": "paused"}, "scaledToZero", True),
        ({"state": "scaledToZero", **SLEEPY}, "running", False),
        ({"state": "scaledToZero", **SLEEPY}, "paused", True),
    ],
)
def test_a_state_is_drift_only_against_the_declared_one(
    api: FakeApi, declared: dict[str, Any], state: str, drift: bool
) -> None:
    engine = Engine()
    engine.up(inputs_of(**declared))
    api.move("chat", state)
    assert engine.refresh() is drift
    if drift:
        assert engine.up(inputs_of(**declared)) == "update"
        assert engine.refresh() is False


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("model", "revision"), "f" * 40),
        (("model", "env"), {"A": "2"}),
        (("model", "args"), ["--x"]),
        (("compute", "instanceSize"), "x4"),
        (("compute", "scaling", "maxReplica"), 9),
        (("route",), {"domain": "other.example.com"}),
        (("model", "image", "vLLM", "port"), 9000),
    ],
)
def test_an_edit_of_what_is_declared_is_drift_and_up_mends_it(
    api: FakeApi, where: tuple[str, ...], value: object
) -> None:
    wanted = inputs_of(domain="chat.example.com")
    engine = Engine()
    engine.up(wanted)
    part = api.raw("chat")
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    assert engine.refresh() is True
    assert engine.up(wanted) == "update"
    assert engine.refresh() is False


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("compute", "scaling", "measure"), {"pendingRequests": 3}),
        (("model", "task"), "another"),
        (("healthRoute",), "/healthz"),
        (("model", "image", "vLLM", "healthRoute"), "/health"),
        (("status", "message"), "something new"),
        (("status", "readyReplica"), 0),
    ],
)
def test_what_is_not_declared_is_the_apis_own(
    api: FakeApi, where: tuple[str, ...], value: object
) -> None:
    engine = Engine()
    engine.up(inputs_of())
    part = api.raw("chat")
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    assert engine.refresh() is False
    assert engine.up(inputs_of()) == "same"


def test_redacted_registry_credentials_are_never_compared(api: FakeApi) -> None:
    wanted = inputs_of(
        image={"variant": "custom", "url": "ghcr.io/acme/server:1.2.3"},
        registry={"username": "acme", "password": "env:PASSWORD"},
    )
    engine = Engine()
    engine.up(wanted, {"registry.password": "first"})
    assert engine.refresh() is False
    assert api.raw("chat")["model"]["image"]["custom"]["credentials"]["password"] == "first"
    assert engine.up({**wanted, "args": ["-v"]}, {"registry.password": "first"}) == "update"
    image = {**wanted, "image": {**wanted["image"], "url": "ghcr.io/acme/server:1.2.4"}}
    assert engine.up(image, {"registry.password": "first"}) == "update"
    sent = api.raw("chat")["model"]["image"]["custom"]["credentials"]
    assert sent == {"username": "acme", "password": "first"}, "an image without them loses them"


def test_an_endpoint_deleted_outside_is_gone_and_made_again(api: FakeApi) -> None:
    engine = Engine()
    engine.up(inputs_of())
    api.delete("acme", "chat")
    assert engine.refresh() is True
    assert engine.record is None
    assert engine.up(inputs_of()) == "create"


def test_a_change_makes_an_endpoint_again_that_was_deleted_outside(api: FakeApi) -> None:
    engine = Engine()
    engine.up(inputs_of())
    api.delete("acme", "chat")
    assert engine.up(inputs_of(env={"A": "1"})) == "update"
    assert api.names() == ["chat"]


def test_what_a_program_ignores_is_no_difference() -> None:
    state, wanted = inputs_of(env={"A": "1"}), inputs_of(env={"A": "2"}, args=["-v"])
    assert difference(state, state, wanted, ignored=["env"]).changes == {"args": "add"}
