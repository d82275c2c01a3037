"""Killed at every single call of the API: one refresh and one more run converge, nothing is left.

The same on the real engine, with real processes, is in test_killed_engine.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.hf_api import FakeApi
from tests.support.hf_engine import Engine, inputs_of
from tests.support.hf_kill import KilledError, Moment, killed_at

FIRST = inputs_of(domain="chat.example.com")
REPLACED = inputs_of(domain="chat.example.com", region="eu-west-1")
CHANGED = inputs_of(domain="chat.example.com", env={"A": "1"})
PAUSED = inputs_of(domain="chat.example.com", state="paused")


@pytest.fixture(autouse=True)
def environment(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.setenv("SLIPWAY_HF_API", f"{api.url}/v2")
    monkeypatch.setenv("HF_TOKEN", api.token)
    yield


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("before", "wanted"),
    [(None, FIRST), (FIRST, REPLACED), (FIRST, CHANGED), (FIRST, PAUSED)],
    ids=["create", "replace", "update", "pause"],
)
def test_an_up_killed_at_any_call_is_finished_by_the_next(
    api: FakeApi, before: dict[str, Any] | None, wanted: dict[str, Any], moment: Moment
) -> None:
    def run(engine: Engine) -> None:
        engine.up(wanted)

    for engine in _killed_everywhere(api, moment, before, run):
        engine.refresh()
        engine.up(wanted)
        assert len(api.names()) == 1
        assert engine.up(wanted) == "same"
        (name,) = api.names()
        assert api.raw(name)["route"]["domain"] == "chat.example.com"
        assert api.raw(name)["provider"]["region"] == wanted["region"]
        engine.destroy()
        assert api.names() == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_destroy_killed_at_any_call_is_finished_by_the_next(api: FakeApi, moment: Moment) -> None:
    for engine in _killed_everywhere(api, moment, FIRST, Engine.destroy):
        engine.refresh()
        engine.destroy()
        assert api.names() == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_lost_replacement_goes_when_the_change_is_taken_back_and_another_made(
    api: FakeApi, moment: Moment
) -> None:
    def run(engine: Engine) -> None:
        engine.up(REPLACED)

    for engine in _killed_everywhere(api, moment, FIRST, run):
        engine.refresh()
        engine.up(CHANGED)
        assert len(api.names()) == 1
        engine.destroy()
        assert api.names() == []


def _killed_everywhere(
    api: FakeApi, moment: Moment, before: dict[str, Any] | None, run: Callable[[Engine], object]
) -> Generator[Engine]:
    """The engine after each kill; at least three calls, or nothing was tested."""
    for number in itertools.count():
        api.endpoints.clear()
        engine = Engine()
        if before:
            engine.up(before)
        with killed_at(number, moment):
            try:
                run(engine)
            except KilledError:
                yield engine
                continue
        assert number >= 3
        return
