"""The component package: its SDK is generated, and a program that knows nothing else uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pulumi
import pytest

from packages.inference_endpoint.component import endpoint_spec
from tests.support.checkout import copy_of_checkout
from tests.support.hf_api import FakeApi
from tests.support.hf_stack import REVISION, program_stack
from tests.support.pulumi_stack import ROOT, PulumiStack

PACKAGE = Path("packages", "inference_endpoint")
PROGRAM = f"""
import pulumi
import pulumi_slipway_endpoint as slipway

config = pulumi.Config("hf")
endpoint = slipway.InferenceEndpoint(
    "chat",
    namespace="acme",
    repository="Qwen/Qwen3-8B",
    revision="{REVISION}",
    vendor="aws",
    region="us-east-1",
    accelerator="gpu",
    instance_type="nvidia-l4",
    instance_size="x1",
    image_variant="vLLM",
    image_url="vllm/vllm-openai:v0.23.0",
    env=config.require_object("env"),
    secrets={{"HF_TOKEN": "env:MODEL_TOKEN"}},
    max_replica=2,
)
pulumi.export("url", endpoint.url)
pulumi.export("name", endpoint.endpoint_name)
"""


def test_a_second_program_makes_changes_and_removes_an_endpoint_by_the_generated_sdk(
    api: FakeApi, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    (program / "__main__.py").write_text(PROGRAM)
    with program_stack(api, program, {"hf:env": {"LOG": "info"}}) as stack:
        _add_package(stack)
        # In place of the checkout: the program has the generated package alone.
        installed = str(_install_sdk(stack, tmp_path))
        stack.variables |= {"PYTHONPATH": installed, "MODEL_TOKEN": "hf_model_token_1"}
        stack.up()
        made = api.raw("chat")
        assert stack.outputs() == {"url": made["status"]["url"], "name": "chat"}
        assert made["compute"]["scaling"]["maxReplica"] == 2
        assert made["model"]["secrets"] == {"HF_TOKEN": "hf_model_token_1"}
        assert stack.up().operations == {}
        stack.config["hf:env"] = {"LOG": "debug"}
        assert stack.up().operations == {"chat": "update"}
        assert api.raw("chat")["model"]["env"] == {"LOG": "debug"}
        stack.destroy()
        assert api.names() == []


@pytest.mark.parametrize("half", ["image_variant", "image_url"])
def test_half_an_image_is_refused(half: str) -> None:
    args: Any = {"namespace": "acme", half: "vLLM"}
    with pytest.raises(pulumi.InputPropertyError, match="an image has a variant and an address"):
        endpoint_spec("chat", args)


def _install_sdk(stack: PulumiStack, folder: Path) -> Path:
    """Generated, built and installed as its user would, from what is on this machine.

    From a copy: Pulumi syncs the environment of the package's project to its default groups.
    """
    sdk, installed = folder / "sdk", folder / "installed"
    package = copy_of_checkout(folder / "checkout") / PACKAGE
    stack.variables["UV_NO_DEFAULT_GROUPS"] = "true"
    stack.run("package", "gen-sdk", str(package), "--language", "python", "--out", str(sdk))
    command = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--offline"]
    options = ["--no-deps", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([*command, *options, "--target", installed, sdk / "python"], check=True)
    return installed


def _add_package(stack: PulumiStack) -> None:
    """As `pulumi package add` writes for a folder."""
    file = stack.folder / "Pulumi.yaml"
    project = json.loads(file.read_text())
    project["plugins"]["providers"].append(
        {"name": "slipway-endpoint", "path": str(ROOT / PACKAGE)}
    )
    file.write_text(json.dumps(project))
