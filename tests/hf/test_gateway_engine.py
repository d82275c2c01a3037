"""The real engine makes an endpoint and the gateway before it; the token rotates under a stream."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from components.gateway.remote import CREDENTIAL_FILE
from components.local.place import run_directory
from operations.leftovers import leftovers
from providers.local import processes
from providers.local.run_directory import RunDirectory
from tests.support.canaries import files, leaks
from tests.support.free_port import free_port
from tests.support.hf_api import FakeApi
from tests.support.hf_stack import program_stack
from tests.support.pulumi_stack import ROOT, PulumiStack
from tests.support.raw_http import call, open_call
from tests.support.tls_upstream import TlsUpstream, tls_upstream

PROGRAM = ROOT / "tests" / "hf" / "programs" / "target"
TOKENS = [f"hf_canaryOfTheEndpoint{n}{'0123456789' * 2}" for n in range(3)]
CHAT = "/v1/chat/completions"


@pytest.fixture
def upstream(tmp_path: Path, api: FakeApi) -> Iterator[TlsUpstream]:
    with tls_upstream(tmp_path, TOKENS[0]) as upstream:
        # The endpoint's own readiness is asked with the token of who makes it.
        upstream.also = api.token
        api.serving = upstream.url
        yield upstream


def test_a_gateway_before_an_endpoint_from_up_to_destroy(
    api: FakeApi, upstream: TlsUpstream
) -> None:
    port = free_port()
    front: dict[str, Any] = {"port": port, "token": "env:INFERENCE_TOKEN", "limit": 1000}
    config = {"hf:target": {"smoke": False, "gateway": front}}
    with program_stack(api, PROGRAM, config) as stack, _cleaned(stack) as run:
        stack.variables |= {"SSL_CERT_FILE": upstream.authorities, "INFERENCE_TOKEN": TOKENS[0]}
        said = [stack.up().text]
        key = _key(stack)
        outputs = stack.outputs()
        assert outputs["openaiBaseUrl"] == f"http://127.0.0.1:{port}/v1"
        assert call(port, "POST", CHAT, key=key, body=b"{}").status == 200
        assert call(port, "POST", CHAT, key=api.token, body=b"{}").status == 401
        assert upstream.asked[-1].authorization == f"Bearer {TOKENS[0]}"
        assert stack.up().operations == {}
        assert stack.refresh().operations == {}

        with open_call(port, "POST", CHAT, key=key, body=b'{"stream": true}') as stream:
            upstream.events.put(b"one")
            assert stream.readline() == b"data: one\n"
            upstream.token = stack.variables["INFERENCE_TOKEN"] = TOKENS[1]
            rotated = stack.up()
            said.append(rotated.text)
            assert rotated.operations == {"chat-gateway-envoy": "update"}
            assert call(port, "POST", CHAT, key=key, body=b"{}").status == 200
            upstream.events.put(b"two")
            upstream.events.put(None)
            assert b"data: two\n" in stream.read(), "the stream from before goes on"

        upstream.token = TOKENS[2]
        front["token"] = "config:hubToken"
        stack.secret("slipway:hubToken", TOKENS[2])
        said.append(stack.up().text)
        assert call(port, "POST", CHAT, key=key, body=b"{}").status == 200
        assert stack.up().operations == {}

        held = run.gateway / CREDENTIAL_FILE
        assert stat.S_IMODE(held.stat().st_mode) == 0o600
        mine = {
            name: text for name, text in files(run.path).items() if name != f"gateway/{held.name}"
        }
        everything = {
            **files(stack.folder),
            **mine,
            "said": "".join(said),
            "outputs": json.dumps(outputs),
        }
        assert leaks(TOKENS, everything) == []

        stack.destroy()
        assert leftovers(stack.folder) == []
        assert not run.path.exists() and processes.of_stack(run) == []
        assert api.names() == []


def test_a_token_that_is_not_set_is_named_before_there_is_a_gateway(
    api: FakeApi, upstream: TlsUpstream
) -> None:
    front = {"port": free_port(), "token": "env:INFERENCE_TOKEN"}
    config = {"hf:target": {"smoke": False, "gateway": front}}
    with program_stack(api, PROGRAM, config) as stack, _cleaned(stack):
        stack.variables |= {"SSL_CERT_FILE": upstream.authorities}
        failed = stack.up(check=False)
        assert failed.code != 0
        assert "env:INFERENCE_TOKEN" in failed.text
        assert "chat-gateway-envoy" not in failed.operations


@contextmanager
def _cleaned(stack: PulumiStack) -> Generator[RunDirectory]:
    """The folder of the stack's processes, which end with the test whatever happens."""
    run = RunDirectory.of(run_directory(stack.project, stack.name))
    try:
        yield run
    finally:
        processes.end(processes.of_stack(run), grace_seconds=5)
        shutil.rmtree(run.path, ignore_errors=True)


def _key(stack: PulumiStack) -> str:
    shown = stack.run("stack", "output", "apiKey", "--show-secrets")
    return shown.strip()
