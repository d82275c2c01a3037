"""Token and secrets: in calls of the API only; nowhere else, in no encoding."""

from __future__ import annotations

import pytest

from providers.huggingface.redaction import scrubbed
from tests.support.canaries import ENCODINGS, canary, files, leaks, spellings
from tests.support.hf_api import FakeApi, Fault
from tests.support.hf_stack import hf_stack

TOKEN = "hf_CanaryTokenCanaryToken0123456789"
ENV, CONFIG, PASSWORD = canary("env"), canary("config"), canary("password")
EVERY = (TOKEN, ENV, CONFIG, PASSWORD)
SPEC = {
    "image": {"variant": "custom", "url": "ghcr.io/acme/server:1.2.3"},
    "secrets": {"FROM_ENV": "env:CANARY_ENV", "FROM_CONFIG": "config:canary"},
    "registry": {"username": "acme", "password": "env:CANARY_PASSWORD"},
}


def test_no_canary_leaves_the_calls(api: FakeApi) -> None:
    everything = "\n".join(text for value in EVERY for text in spellings(value).values())
    api.token = TOKEN
    api.log_text = f"{everything}\n- such was the container's environment"
    texts: dict[str, str] = {}
    with hf_stack(api, chat=SPEC) as stack:
        stack.variables |= {"CANARY_ENV": ENV, "CANARY_PASSWORD": PASSWORD}
        stack.secret("hf:canary", CONFIG)
        texts["preview"] = stack.preview("--diff").text
        api.faults.append(Fault(method="POST", status=422, message=everything))
        texts["refused"] = stack.up("--diff", check=False).text
        assert "hf-invalid" in texts["refused"], "the API's words were to be shown, cleaned"
        api.broken.add("ghcr.io/acme/server:1.2.3")
        texts["failed"] = stack.up("--diff", check=False).text
        assert "such was the container's environment" in texts["failed"]
        assert "***" in texts["failed"]
        api.broken.clear()
        texts["up"] = stack.up("--diff").text
        (name,) = api.names()
        sent = api.raw(name)["model"]["secrets"]
        assert sent == {"FROM_ENV": ENV, "FROM_CONFIG": CONFIG}, "the container gets the values"
        texts["refresh"] = stack.refresh("--diff").text
        texts["export"] = stack.run("stack", "export", "--show-secrets")
        texts["outputs"] = stack.run("stack", "output", "--json", "--show-secrets")
        stack.variables["CANARY_ENV"] = ENV + "2"
        rotation = stack.up("--diff")
        texts["rotation"] = rotation.text
        assert rotation.operations == {"chat": "update"}
        assert "secretFingerprints" in rotation.text, "a rotation shows, without a value"
        texts |= files(stack.folder)
        assert any(".pulumi" in where for where in texts), "the state was to be looked through"
    assert leaks(EVERY, texts) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_is_scrubbed_of_every_encoding(encoding: str) -> None:
    text = f"before {ENCODINGS[encoding](ENV)} after"
    assert scrubbed(text, [ENV]) == "before *** after"


def test_base64_is_found_inside_a_longer_one() -> None:
    import base64

    for prefix in (b"", b"a", b"ab"):
        whole = base64.b64encode(prefix + ENV.encode() + b"tail").decode()
        cleaned = scrubbed(whole, [ENV])
        assert "***" in cleaned and len(cleaned) < len(whole) - 20
