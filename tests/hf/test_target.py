"""The target as `stacks` builds it: outputs, and one token after every change."""

from __future__ import annotations

import json

from tests.support.hf_api import FakeApi
from tests.support.hf_stack import program_stack
from tests.support.pulumi_stack import ROOT

PROGRAM = ROOT / "tests" / "hf" / "programs" / "target"
SECRET = "config-secret-of-the-stack"


def test_the_outputs_are_those_of_all_targets_and_a_change_is_asked_for_a_token(
    api: FakeApi,
) -> None:
    spec = {"secrets": {"KEY": "config:modelToken"}}
    with program_stack(api, PROGRAM, {"hf:target": {"spec": spec}}) as stack:
        stack.secret("slipway:modelToken", SECRET)
        assert "/v1 answers" in stack.up().text
        outputs = stack.outputs()
        url = api.raw("chat")["status"]["url"]
        assert outputs["openaiBaseUrl"] == f"{url}/v1"
        assert (outputs["modelName"], outputs["estimatedMonthlyUsd"]) == ("qwen", 584)
        assert outputs["apiKey"] == "env:HF_TOKEN", "where the token is, not the token"
        assert '-H "Authorization: Bearer $HF_TOKEN"' in outputs["curlExample"]
        assert "chatUrl" not in outputs
        assert json.loads(stack.run("stack", "output", "--json")) == outputs, "none is secret"
        assert api.raw("chat")["model"]["secrets"] == {"KEY": SECRET}
        asked = len(api.asked)
        assert stack.up().operations == {}
        assert len(api.asked) == asked, "nothing changed, so nobody was asked"

        api.deaf = True
        stack.config["hf:target"]["spec"]["env"] = {"A": "1"}
        failed = stack.up(check=False)
        assert failed.code != 0
        assert "smoke-failed" in failed.text and "smoke: false" in failed.text
        assert stack.outputs()["openaiBaseUrl"] == f"{url}/v1", "the change itself was kept"
        stack.config["hf:target"] |= {"smoke": False, "spec": {**spec, "env": {"A": "2"}}}
        assert stack.up().operations["chat"] == "update"
