"""Pulumi's side of the provider: values, secrets, previews, waits."""

from __future__ import annotations

import asyncio
import threading

import pytest
from pulumi.provider.experimental import provider as pulumi_provider
from pulumi.provider.experimental.property_value import PropertyValue

from providers.local.provider import LocalProvider
from providers.plugin.properties import plain, wrapped
from providers.plugin.session import OperationError, Session
from providers.plugin.values import UNKNOWN

URN = "urn:pulumi:dev::p::slipway:local:Serving$local:index:ApiKey::serving-key-default"


def test_values_pass_both_ways_and_named_ones_become_secret() -> None:
    values = {"n": 3, "list": ["a", {"b": True}], "unknown": UNKNOWN, "key": "hush", "none": None}
    properties = wrapped(values, {"key"})
    assert plain(properties) == {
        "n": 3.0,
        "list": ["a", {"b": True}],
        "unknown": UNKNOWN,
        "key": "hush",
    }
    assert [name for name, value in properties.items() if value.is_secret] == ["key"]


def test_a_generated_key_is_secret_random_and_not_made_by_a_preview() -> None:
    keys = [_create(preview=False)["value"] for _ in range(2)]
    assert all(key.is_secret and str(key.value).startswith("sk-slipway-") for key in keys)
    assert keys[0] != keys[1]
    assert plain(_create(preview=True)) == {"value": UNKNOWN}


def test_a_wait_ends_with_what_was_waited_for_when_time_is_up() -> None:
    told: list[str] = []
    session = Session(report=told.append, keep=told.append)
    with pytest.raises(OperationError, match="gave up waiting for the moon after 0 s"):
        session.wait(lambda: False, seconds=0.2, what="the moon")


def test_an_interrupted_run_ends_its_waits() -> None:
    session = Session(report=print, keep=print, cancelled=threading.Event())
    threading.Timer(0.1, session.cancelled.set).start()
    with pytest.raises(OperationError, match="interrupted while waiting for the moon"):
        session.wait(lambda: False, seconds=60, what="the moon")


def _create(*, preview: bool) -> dict[str, PropertyValue]:
    provider = LocalProvider(lambda urn, line, stays: None)
    request = pulumi_provider.CreateRequest(URN, {}, 0.0, preview)
    return dict(asyncio.run(provider.create(request)).properties)
