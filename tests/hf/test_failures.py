"""Every failure has a name and a way out; nothing half-made is left unseen."""

from __future__ import annotations

import re
from collections.abc import Generator

import pytest

from providers.huggingface.errors import EndpointError
from providers.plugin.session import PartlyDoneError
from tests.support.hf_api import FakeApi, Fault
from tests.support.hf_engine import Engine, inputs_of

WANTED = inputs_of()


@pytest.fixture(autouse=True)
def environment(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.setenv("SLIPWAY_HF_API", f"{api.url}/v2")
    monkeypatch.setenv("HF_TOKEN", api.token)
    yield


@pytest.mark.parametrize(
    ("status", "message", "code"),
    [
        (400, "image is not valid", "hf-invalid"),
        (401, "Invalid credentials", "hf-token-refused"),
        (402, "", "hf-payment-needed"),
        (403, "you may not", "hf-forbidden"),
        (403, "add a payment method first", "hf-payment-needed"),
        (403, "accelerator quota exceeded", "hf-quota-exceeded"),
        (400, "instance type is not available", "hf-hardware-unavailable"),
        (404, "no such namespace", "hf-not-found"),
        (409, "being changed", "hf-conflict"),
        (422, "unknown task", "hf-invalid"),
        (429, "slow down", "hf-rate-limited"),
        (500, "oops", "hf-server-error"),
        (503, "", "hf-server-error"),
    ],
)
def test_a_refused_create_is_named_says_the_apis_words_and_leaves_nothing(
    api: FakeApi, status: int, message: str, code: str
) -> None:
    api.faults.append(Fault(method="POST", status=status, message=message, times=99))
    with pytest.raises(EndpointError) as refused:
        Engine().up(WANTED)
    said = str(refused.value)
    assert said.startswith(f"{code}: ") and f"({status})" in said
    assert re.search(r"\n  fix   \S", said)
    assert message in said
    assert api.names() == []


@pytest.mark.parametrize("way", ["truncate", "hang-up", "no-json", "no-field"])
@pytest.mark.parametrize("acted", [True, False], ids=["acted", "not acted"])
def test_an_answer_that_got_lost_makes_no_second_endpoint(
    api: FakeApi, way: str, acted: bool
) -> None:
    api.faults.append(Fault(method="POST", way=way, acted=acted))  # pyright: ignore
    assert Engine().up(WANTED) == "create"
    posts = [call for call in api.calls if call.method == "POST"]
    assert len(posts) == (1 if acted else 2)
    assert (api.names(), api.most_billed) == (["chat"], 1)


def test_a_server_error_after_the_api_acted_makes_no_second_endpoint(api: FakeApi) -> None:
    api.faults.append(Fault(method="POST", status=502, acted=True))
    assert Engine().up(WANTED) == "create"
    assert (api.names(), api.most_billed) == (["chat"], 1)


def test_reads_are_tried_again_and_the_person_sees_it(api: FakeApi) -> None:
    engine = Engine()
    api.faults.append(Fault(method="GET", status=503, times=2))
    assert engine.up(WANTED) == "create"
    assert any("hf-server-error, trying again" in line for line in engine.lines)


def test_a_rate_limit_is_waited_for_as_long_as_the_api_says_but_not_for_ever(
    api: FakeApi,
) -> None:
    api.faults.append(Fault(method="GET", status=429, headers={"Retry-After": "3600"}))
    assert Engine().up(WANTED) == "create"


def test_an_endpoint_that_does_not_start_is_kept_with_its_own_last_words(api: FakeApi) -> None:
    api.broken.add("vllm/vllm-openai:v0.23.0")
    engine = Engine()
    with pytest.raises(PartlyDoneError, match="hf-endpoint-failed") as failed:
        engine.up(WANTED)
    assert "CUDA out of memory" in str(failed.value)
    assert failed.value.identifier == "acme/chat"
    api.broken.clear()
    assert engine.up(WANTED) == "update"
    assert api.raw("chat")["status"]["state"] == "running"


def test_a_change_that_fails_is_named_and_mended_by_the_next_up(api: FakeApi) -> None:
    engine = Engine()
    engine.up(WANTED)
    api.broken.add("bad")
    with pytest.raises(PartlyDoneError, match="hf-update-failed"):
        engine.up(inputs_of(tags=["bad"]))
    assert engine.up(WANTED) == "update"
    assert api.raw("chat")["status"]["state"] == "running"


def test_a_replacement_that_does_not_start_leaves_the_old_one_serving_and_goes(
    api: FakeApi,
) -> None:
    engine = Engine()
    engine.up(WANTED)
    image = {"variant": "sGLang", "url": "lmsysorg/sglang:v0.5.12"}
    api.broken.add(image["url"])
    with pytest.raises(EndpointError, match="The old endpoint goes on") as failed:
        engine.up(inputs_of(image=image))
    assert "CUDA out of memory" in str(failed.value)
    assert api.names() == ["chat"] == api.billed()
    assert engine.up(WANTED) == "same"


def test_a_start_that_takes_too_long_is_bounded_and_gone_on_with(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.hf_engine.problems", lambda inputs: [])  # below a minute
    api.slow = 10**6
    engine = Engine()
    with pytest.raises(PartlyDoneError, match=r"hf-not-ready: .*readyTimeoutMinutes") as late:
        engine.up({**WANTED, "readyTimeoutMinutes": 0.001})
    assert "chat is initializing after" in str(late.value)
    assert any("0 of 1 replicas ready" in line for line in engine.lines)
    api.move("chat", "running")
    engine.up(WANTED)
    puts = [call for call in api.calls if call.method == "PUT"]
    assert puts == [], "nothing was to be changed, only waited for"


def test_an_interrupted_wait_keeps_what_there_is(api: FakeApi) -> None:
    api.slow = 10**6
    engine = Engine()
    engine.cancelled.set()
    with pytest.raises(PartlyDoneError, match="hf-interrupted"):
        engine.up(WANTED)
    assert engine.record is not None and api.names() == ["chat"]


def test_a_strangers_endpoint_is_neither_taken_over_nor_deleted(api: FakeApi) -> None:
    other = Engine(urn="urn:pulumi:prod::other::huggingface:index:InferenceEndpoint::chat")
    other.up(WANTED)
    with pytest.raises(EndpointError, match=r"hf-name-taken: .*did not make it"):
        Engine().up(WANTED)
    mine = Engine()
    api.endpoints.clear()
    mine.up(WANTED)
    api.endpoints.clear()
    other.record = None
    other.up(WANTED)
    mine.destroy()
    assert api.names() == ["chat"]
    assert any("chat stays" in line for line in mine.lines)


def test_a_missing_token_is_named_before_anything_is_asked(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("providers.huggingface.client.get_token", lambda: None)
    with pytest.raises(EndpointError, match="hf-token-missing"):
        Engine().up(WANTED)
    assert api.calls == []


def test_an_api_that_cannot_be_reached_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLIPWAY_HF_API", "http://127.0.0.1:9/v2")
    with pytest.raises(EndpointError, match="hf-unreachable"):
        Engine().up(WANTED)


def test_the_token_goes_to_no_plain_address_of_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLIPWAY_HF_API", "http://example.com/v2")
    with pytest.raises(Exception, match="must be an https address"):
        Engine().up(WANTED)


def test_quota_and_hardware_are_told_apart(api: FakeApi) -> None:
    api.quota = 0
    with pytest.raises(EndpointError, match="hf-quota-exceeded"):
        Engine().up(WANTED)
    api.quota, api.unavailable = 64, {"nvidia-l4"}
    with pytest.raises(EndpointError, match="hf-hardware-unavailable"):
        Engine().up(WANTED)


def test_a_replacement_forced_by_hand_leaves_one_endpoint(api: FakeApi) -> None:
    """`pulumi up --target-replace`: no diff comes before, and the new one finds itself there."""
    engine = Engine()
    engine.up(WANTED)
    old = engine.record
    assert old is not None
    engine.forget()
    engine.up(WANTED)
    engine.endpoints().delete(old.identifier, old.state)
    assert api.names() == ["chat"], "the old state's delete was not to take the new one away"
    assert engine.refresh() is False


def test_an_engine_that_is_only_maintained_is_said_to_be(api: FakeApi) -> None:
    engine = Engine()
    engine.up(inputs_of(image={"variant": "tgi", "url": "ghcr.io/huggingface/tgi:3.3.6"}))
    assert "the image tgi is in maintenance mode only" in engine.lines
