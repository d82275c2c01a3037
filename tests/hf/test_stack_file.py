"""From a stack file to an endpoint and back: the product's own program on the real engine."""

from __future__ import annotations

from typing import Any

from tests.support.fake_hub_api import FakeHubApi, running
from tests.support.hf_api import FakeApi
from tests.support.hf_stack import REVISION, program_stack
from tests.support.pulumi_stack import ROOT

IMAGE = {"variant": "vLLM", "url": f"vllm/vllm-openai@sha256:{'0' * 64}"}


def _config(*, preflight: bool = False) -> dict[str, Any]:
    return {
        "slipway:target": "hf-endpoint",
        "slipway:model": {"source": f"hf:Qwen/Qwen3-8B@{REVISION}", "maxContext": 4096},
        "slipway:engine": {"kind": "vllm"},
        "slipway:scaling": {"replicas": "1..2"},
        "slipway:huggingFace": {
            "namespace": "acme",
            "hardware": "aws/nvidia-l4/x1",
            "image": IMAGE,
        },
        "slipway:checks": {"preflight": preflight},
    }


def test_a_stack_file_becomes_an_endpoint_that_answers_and_nothing_is_left(api: FakeApi) -> None:
    with program_stack(api, ROOT, _config()) as stack:
        assert "/v1 answers" in stack.up().text
        made = api.raw("qwen3-8b")
        assert made["model"]["repository"] == "Qwen/Qwen3-8B"
        assert made["model"]["args"][:4] == [
            "--served-model-name",
            "Qwen3-8B",
            "--max-model-len",
            "4096",
        ]
        outputs = stack.outputs()
        assert outputs["modelName"] == "Qwen3-8B"
        assert outputs["estimatedMonthlyUsd"] == 2 * 584
        assert stack.up().operations == {}
        stack.config["slipway:scaling"] = {"replicas": 3}
        assert set(stack.up().operations.values()) == {"update"}
        assert api.raw("qwen3-8b")["compute"]["scaling"]["minReplica"] == 3
        stack.destroy()
        assert api.names() == []


def test_what_up_needs_and_a_plan_does_not_is_refused_before_anything_is_asked(
    api: FakeApi,
) -> None:
    config = _config()
    del config["slipway:huggingFace"]["namespace"]
    del config["slipway:huggingFace"]["image"]
    with program_stack(api, ROOT, config) as stack:
        refused = stack.up(check=False)
        assert refused.code != 0
        assert "slipway:huggingFace.namespace" in refused.text
        assert "[unresolved]" in refused.text and "@sha256:<digest>" in refused.text
        assert api.names() == []


def test_a_model_that_the_hub_does_not_have_is_refused_before_anything_is_made(
    api: FakeApi,
) -> None:
    hub = FakeHubApi(repository="Qwen/Qwen3-8B", refused={"auth-check": "RepoNotFound"})
    with running(hub), program_stack(api, ROOT, _config(preflight=True)) as stack:
        stack.variables |= {
            "HF_ENDPOINT": hub.url,
            "HF_INFERENCE_ENDPOINTS_ENDPOINT": f"{hub.url}/v2",
        }
        refused = stack.up(check=False)
        assert refused.code != 0
        assert "pre-flight" in refused.text and "slipway:model.source" in refused.text
        assert api.names() == []


def test_over_its_budget_a_preview_and_an_up_fail_before_anything_changes(api: FakeApi) -> None:
    config = {**_config(), "slipway:budget": {"monthly": "$1000"}}
    with program_stack(api, ROOT, config) as stack:
        for refused in (stack.preview(check=False), stack.up(check=False)):
            assert refused.code != 0
            assert "slipway:budget.monthly" in refused.text
            # Two replicas at $0.80 an hour, and one of them is the way back.
            assert "$1,168.00" in refused.text and "$168.00" in refused.text
            assert "slipway:scaling.replicas" in refused.text and "$584.00" in refused.text
        assert api.names() == []
