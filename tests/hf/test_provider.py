"""Pulumi's side of the provider: checks, previews, differences."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pulumi.provider.experimental import provider as pulumi_provider
from pulumi.provider.experimental.property_value import PropertyValue

from components.huggingface.endpoint_inputs import endpoint_inputs
from providers.huggingface.check import problems
from providers.huggingface.inputs import with_defaults
from providers.huggingface.provider import HuggingFaceProvider
from providers.plugin.properties import plain, wrapped
from providers.plugin.values import UNKNOWN
from tests.support.hf_engine import URN, inputs_of
from tests.support.hf_stack import spec_of

GOOD = endpoint_inputs(spec_of("chat", {}))


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"revision": "main"}, "revision", "40 hexadecimal digits"),
        ({"repositry": "a/b"}, "repositry", "write repository"),
        ({"name": "Chat_1"}, "name", "1 to 32 lower-case letters"),
        ({"name": "c" * 33}, "name", "1 to 32 lower-case letters"),
        ({"minReplica": 2}, None, ""),
        ({"minReplica": 3, "maxReplica": 2}, "maxReplica", "at least minReplica (3)"),
        ({"scaleToZeroTimeout": 15}, "scaleToZeroTimeout", "needs minReplica: 0"),
        ({"state": "scaledToZero"}, "state", "needs minReplica: 0"),
        ({"scalingThreshold": 2}, "scalingThreshold", "ignored by the API"),
        (
            {"scalingMetric": "hardwareUsage", "scalingThreshold": 101},
            "scalingThreshold",
            "at most 100",
        ),
        ({"type": "protected"}, "type", "public, authenticated, private"),
        (
            {"image": {"variant": "tgi", "url": "u", "tensorParallelSize": 2}},
            "image.tensorParallelSize",
            "dropped by the API",
        ),
        (
            {"image": {"variant": "sGLang", "url": "u", "dataParallelSize": 2}},
            "image.dataParallelSize",
            "dropped by the API",
        ),
        ({"image": {"variant": "vllm", "url": "u"}}, "image.variant", "vLLM"),
        ({"image": {"variant": "vLLM"}}, "image.url", "missing"),
        ({"image": {"variant": "vLLM", "url": "u", "port": 0}}, "image.port", "from 1"),
        ({"registry": {"username": "a"}}, "registry", "custom only"),
        ({"env": {"A": "hf_abcdefghijklmnop0123"}}, "env", "put it under `secrets`"),
        ({"secrets": {"A": "hf_abcdefghijklmnop0123"}}, "secrets", "env:<variable>"),
        ({"env": {"A": "1"}, "secrets": {"A": "env:A"}}, "secrets", "under `env` too"),
        ({"tags": ["slipway-x"]}, "tags", "does not begin with slipway-"),
        ({"tags": ["a", "a"]}, "tags", "twice"),
        ({"domain": "https://x.y"}, "domain", "a host name"),
        ({"path": "models"}, "path", "begins with /"),
        ({"privateLink": {"accountId": "12"}}, "privateLink", "region is missing"),
        ({"readyTimeoutMinutes": 0}, "readyTimeoutMinutes", "from 1 to 1440"),
    ],
)
def test_a_mistake_is_named_at_its_input_before_any_call(
    change: dict[str, Any], name: str | None, words: str
) -> None:
    merged = {**GOOD, **change}
    if change == {"minReplica": 2}:
        del merged["maxReplica"]  # the default follows the minimum
    found = problems(with_defaults(merged, "chat"))
    assert [where for where, _ in found] == ([name] if name else [])
    assert all(words in said for _, said in found)
    assert "hf_abcdef" not in str(found)


def test_all_mistakes_come_at_once() -> None:
    wrong = {**GOOD, "revision": "main", "type": "protected", "path": "x"}
    del wrong["region"]
    found = {name for name, _ in problems(with_defaults(wrong, "chat"))}
    assert found == {"region", "revision", "type", "path"}


def test_a_reference_that_leads_nowhere_is_named_and_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_SUCH", raising=False)
    response = _check({**GOOD, "secrets": {"KEY": "env:NO_SUCH", "B": "config:b"}})
    reasons = [failure.reason for failure in response.failures or ()]
    assert len(reasons) == 2
    assert "KEY: env:NO_SUCH" in reasons[0] and "hf-secret-missing" in reasons[1]


def test_values_handed_over_are_never_recorded_and_their_fingerprint_is_keyed() -> None:
    inputs = {**GOOD, "secrets": {"KEY": "config:k"}, "secretValues": {"KEY": "quiet-value"}}
    first, second = _check(inputs), _check(inputs)
    recorded = plain(first.inputs or {})
    assert "secretValues" not in recorded and "quiet-value" not in str(recorded)
    assert (first.inputs or {})["fingerprintKey"].is_secret
    prints = [plain(each.inputs or {})["secretFingerprints"] for each in (first, second)]
    assert prints[0] != prints[1], "another key, another fingerprint"
    again = _check(inputs, old=first.inputs)
    assert plain(again.inputs or {})["secretFingerprints"] == prints[0]


def test_a_secret_where_it_would_be_recorded_is_refused() -> None:
    given = wrapped(GOOD, ())
    given["env"] = PropertyValue({"A": PropertyValue("x").with_secret(True)})
    response = asyncio.run(_provider().check(pulumi_provider.CheckRequest(URN, {}, given, b"")))
    assert [failure.property for failure in response.failures or ()] == ["env"]


def test_a_preview_asks_nobody_and_knows_what_will_not_change() -> None:
    state = {**inputs_of(), "endpointName": "chat", "url": "https://x", "instance": "1"}
    request = pulumi_provider.UpdateRequest(
        URN, "acme/chat", wrapped(state, ()), wrapped(inputs_of(args=["-v"]), ()), 0.0, [], True
    )
    shown = plain(asyncio.run(_provider().update(request)).properties or {})
    assert (shown["endpointName"], shown["url"], shown["args"]) == ("chat", "https://x", ["-v"])
    create = pulumi_provider.CreateRequest(URN, wrapped(inputs_of(), ()), 0.0, True)
    planned = plain(asyncio.run(_provider().create(create)).properties or {})
    assert planned["url"] is UNKNOWN


def _check(
    inputs: dict[str, Any], old: dict[str, PropertyValue] | None = None
) -> pulumi_provider.CheckResponse:
    request = pulumi_provider.CheckRequest(URN, old or {}, wrapped(inputs, ()), b"")
    return asyncio.run(_provider().check(request))


def _provider() -> HuggingFaceProvider:
    return HuggingFaceProvider(lambda urn, line, stays: None)
