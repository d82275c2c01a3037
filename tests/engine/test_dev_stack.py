"""The product as people run it: real program, real model, real gateway."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.dev_stack import dev_stack
from tests.support.paced_stack import traces
from tests.support.pulumi_stack import ROOT, PulumiStack
from tests.support.stream_load import StreamLoad

MODEL = "SmolLM2-135M-Instruct"


@pytest.fixture(scope="module")
def dev() -> Generator[PulumiStack]:
    with dev_stack() as stack:
        yield stack


def test_a_first_preview_names_all_resources_and_starts_nothing(dev: PulumiStack) -> None:
    planned = dev.preview().operations
    assert set(planned.values()) == {"create"}
    assert {name for name in planned if name.startswith("serving-")} == {
        "serving-supervisor",
        "serving-model",
        "serving-key-default",
        "serving-replica-0",
        "serving-replica-1",
        "serving-gateway",
    }
    assert traces(dev) == []


def test_the_outputs_say_how_to_use_the_endpoint(dev: PulumiStack) -> None:
    dev.settle()
    outputs = dev.outputs()
    url = outputs["chatUrl"].rstrip("/")
    assert outputs["openaiBaseUrl"] == f"{url}/v1"
    assert outputs["modelName"] == MODEL
    assert outputs["estimatedMonthlyUsd"] == 0
    assert outputs["predicted"]["figures"]["replicas"]["expected"] == 2
    assert outputs["apiKey"].startswith("sk-slipway-")
    assert outputs["apiKey"] not in outputs["curlExample"]
    assert json.loads(dev.run("stack", "output", "--json"))["apiKey"] == "[secret]"


def test_what_was_predicted_is_read_back_from_the_stack(dev: PulumiStack) -> None:
    dev.settle()
    command = [sys.executable, "-m", "operations", "observe", "--json", "--stack", dev.name]
    answer = subprocess.run(
        [*command, "--cwd", str(dev.folder)],
        cwd=ROOT,
        env=dev.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    replicas = json.loads(answer.stdout)["figures"]["replicas"]
    assert replicas["predicted"]["expected"] == 2
    assert replicas["why"] == "no Prometheus was named"


def test_the_curl_example_works_as_pasted(dev: PulumiStack) -> None:
    dev.settle()
    command = dev.outputs()["curlExample"]
    answer = subprocess.run(
        ["bash", "-c", f"{command} --silent --show-error --max-time 120"],
        cwd=dev.folder,
        env=dev.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout)["choices"][0]["message"]["content"]


def test_eight_streams_of_the_real_model_outlive_new_settings_and_a_new_key(
    dev: PulumiStack,
) -> None:
    dev.settle()
    before = dev.outputs()
    load = StreamLoad(
        before["openaiBaseUrl"],
        before["apiKey"],
        MODEL,
        width=8,
        tokens=64,
        question="Write a long story about a ship.",
    )
    with load:
        dev.config["slipway:engine"] |= {"maxQueue": 33}
        dev.config["slipway:access"] |= {"keys": [{"name": "default"}, {"name": "second"}]}
        changed = dev.up().operations
    assert load.broken == []
    assert changed == {
        "serving-replica-0": "update",
        "serving-replica-1": "update",
        "serving-key-second": "create",
        "serving-gateway": "update",
    }
    after = dev.outputs()
    assert after["apiKey"] == before["apiKey"] == after["apiKeys"]["default"]
    assert after["apiKeys"]["second"] not in ("", after["apiKey"])


def test_destroy_leaves_the_model_cache_alone_and_says_so(dev: PulumiStack) -> None:
    dev.settle()
    destroyed = dev.destroy()
    kept = destroyed.text.partition("kept in the model cache: ")[2].split()[0]
    assert (Path(kept) / "model.onnx").is_file()
    assert traces(dev) == []
