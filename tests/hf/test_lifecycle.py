"""Stacks on the real Pulumi engine: made, left alone, changed, replaced, removed, made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.hf_api import FakeApi
from tests.support.hf_stack import OTHER_REVISION, hf_stack

SGLANG = {"variant": "sGLang", "url": "lmsysorg/sglang:v0.5.12"}
CUSTOM = {"variant": "custom", "url": "ghcr.io/acme/server:1.2.3", "settings": {"port": 9000}}
LLAMA = {
    "variant": "llamacpp",
    "url": "ghcr.io/ggml-org/llama.cpp:server-cuda-b6500",
    "settings": {"modelPath": "model.gguf", "ctxSize": 8192},
}


@dataclass(frozen=True, kw_only=True)
class Life:
    """A stack of one or more endpoints, and four edits of the first."""

    others: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    spec: dict[str, Any]
    update: dict[str, Any]
    replacement: dict[str, Any]


LIVES = {
    "vllm, rescaled, another engine": Life(
        spec={"secrets": {"HF_TOKEN": "env:MODEL_TOKEN"}},
        update={"scaling": {"min_replica": 1, "max_replica": 4, "metric": "pendingRequests"}},
        replacement={"image": SGLANG},
    ),
    "scale to zero, another revision, another region": Life(
        spec={
            "scaling": {"min_replica": 0, "max_replica": 1, "scale_to_zero_minutes": 15},
            "secrets": {"KEY": "config:modelToken"},
        },
        update={"revision": OTHER_REVISION, "env": {"LOG": "debug"}},
        replacement={"region": "eu-west-1"},
    ),
    "a custom container with registry credentials": Life(
        spec={
            "image": CUSTOM,
            "registry": {"username": "acme", "password": "env:REGISTRY_PASSWORD"},
            "secrets": {"KEY": "env:MODEL_TOKEN"},
        },
        update={"image": {**CUSTOM, "url": "ghcr.io/acme/server:1.2.4"}, "args": ["--verbose"]},
        replacement={"registry": {"username": "other", "password": "env:REGISTRY_PASSWORD"}},
    ),
    "a domain that outlives a replacement": Life(
        spec={"domain": "chat.example.com", "secrets": {"KEY": "env:MODEL_TOKEN"}},
        update={"instance_size": "x4", "tags": ["team-a"]},
        replacement={"type": "public"},
    ),
    "llama.cpp on private link": Life(
        spec={
            "image": LLAMA,
            "type": "private",
            "private_link": {"account_id": "123456789012", "region": "us-east-1"},
            "secrets": {"KEY": "env:MODEL_TOKEN"},
        },
        update={"image": {**LLAMA, "settings": {**LLAMA["settings"], "ctxSize": 4096}}},
        replacement={"private_link": {"account_id": "210987654321", "region": "us-east-1"}},
    ),
    "the managed image beside two others": Life(
        others={"embed": {"image": None, "task": "feature-extraction"}, "second": {}},
        spec={"image": None, "secrets": {"KEY": "env:MODEL_TOKEN"}},
        update={"instance_type": "nvidia-a10g", "cache_http_responses": True},
        replacement={"vendor": "gcp", "region": "us-east4"},
    ),
}


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_a_stack_lives_its_whole_life(api: FakeApi, life: Life) -> None:
    with hf_stack(api, chat=life.spec, **life.others) as stack:
        everyone = ["chat", *life.others]
        stack.variables |= {"MODEL_TOKEN": "first-value-1", "REGISTRY_PASSWORD": "password-1"}
        stack.secret("hf:modelToken", "first-value-1")
        assert {*everyone} <= stack.up().operations.keys()
        url = stack.outputs()["chat"]["url"]
        assert stack.up("--refresh").operations == {}, "nothing changed, nobody moved anything"

        chat = stack.config["hf:endpoints"]["chat"]
        chat |= life.update
        assert stack.up().operations == {"chat": "update"}
        chat |= life.replacement
        replaced = stack.up().operations
        assert replaced == {"chat": "delete-replaced"}
        assert len(api.names()) == len(everyone)
        assert ("domain" in life.spec) == (stack.outputs()["chat"]["url"] == url)
        chat["state"] = "paused"
        assert stack.up().operations == {"chat": "update"}
        name = stack.outputs()["chat"]["name"]
        assert api.raw(name)["status"]["state"] == "paused"
        chat["state"] = "running"
        stack.variables["MODEL_TOKEN"] = "second-value-2"
        stack.secret("hf:modelToken", "second-value-2")
        assert stack.up("--refresh").operations == {"chat": "update"}
        assert list(api.raw(name)["model"]["secrets"].values()) == ["second-value-2"]
        assert api.raw(name)["status"]["state"] == "running"

        stack.destroy()
        assert api.names() == []
        stack.up()
        assert len(api.names()) == len(everyone)
        assert api.dropped == []
