"""An endpoint that somebody made by hand comes under Pulumi without a change."""

from __future__ import annotations

from typing import Any

from tests.support.hf_api import FakeApi
from tests.support.hf_stack import REVISION, endpoint_of, hf_stack

BY_HAND: dict[str, Any] = {
    "name": "by-hand",
    "type": "authenticated",
    "provider": {"vendor": "aws", "region": "us-east-1"},
    "compute": {
        "accelerator": "gpu",
        "instanceType": "nvidia-l4",
        "instanceSize": "x1",
        "scaling": {"minReplica": 1, "maxReplica": 1, "scaleToZeroTimeout": None},
    },
    "model": {
        "repository": "Qwen/Qwen3-8B",
        "revision": REVISION,
        "framework": "custom",
        "image": {"vLLM": {"url": "vllm/vllm-openai:v0.23.0", "port": 8000}},
        "secrets": {"HF_TOKEN": "set-by-hand"},
    },
    "tags": ["by-hand"],
}


def test_a_hand_made_endpoint_is_imported_with_no_change_and_managed_from_then(
    api: FakeApi,
) -> None:
    api.create("acme", BY_HAND)
    for _ in range(3):
        api.look("acme", "by-hand")
    before = [call for call in api.calls if call.changes]
    spec = {
        "name": "by-hand",
        "import": "acme/by-hand",
        "tags": ["by-hand"],
        "secrets": {"HF_TOKEN": "env:MODEL_TOKEN"},
    }
    with hf_stack(api, chat=spec) as stack:
        stack.variables["MODEL_TOKEN"] = "set-by-hand"
        assert stack.up().operations["chat"] == "import"
        assert [call for call in api.calls if call.changes] == before, "only looked at"
        del endpoint_of(stack, "chat")["import"]
        assert stack.up("--refresh").operations == {}
        stack.variables["MODEL_TOKEN"] = "rotated-now"
        assert stack.up().operations == {"chat": "update"}
        assert api.raw("by-hand")["model"]["secrets"] == {"HF_TOKEN": "rotated-now"}
        assert stack.up("--refresh").operations == {}
        stack.destroy()
        assert api.names() == []


def test_an_import_that_does_not_fit_says_what_differs_and_changes_nothing(api: FakeApi) -> None:
    api.create("acme", BY_HAND)
    for _ in range(3):
        api.look("acme", "by-hand")
    spec = {"name": "by-hand", "import": "acme/by-hand", "region": "eu-west-1"}
    with hf_stack(api, chat=spec) as stack:
        refused = stack.up(check=False)
        assert refused.code != 0 and "region" in refused.text
    assert not any(call.changes for call in api.calls)
