"""The command: what it prints, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from operations.__main__ import main
from planning.catalog import load_catalog
from tests.support.fake_aws import FakeAws
from tests.support.fake_hub import REPOSITORY, REVISION
from tests.support.fake_hub_api import FakeHubApi
from tests.support.presets import ADDON, DIGEST

ROOT = Path(__file__).parents[3]
ADDONS = json.dumps(dict.fromkeys(load_catalog().addons, ADDON))
LOADED = """
import sys
import operations.__main__, operations.preflight, operations.preflight.command, stacks.local
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """A stack file with a model of the hub."""
    file = tmp_path / "Pulumi.prod.yaml"
    file.write_text(f"""
config:
  slipway:target: local
  slipway:model: {{source: "hf:{REPOSITORY}@{REVISION}", maxContext: 2048}}
  slipway:engine: {{kind: onnx}}
""")
    return file


def test_a_good_stack(hub: FakeHubApi, stack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preflight", str(stack)]) == 0
    shown = capsys.readouterr().out
    assert "hub-model" in shown
    assert "not gated, licence apache-2.0" in shown
    assert "nothing found that is in the way" in shown


def test_a_stack_on_aws_is_held_against_account_and_hub(
    aws: FakeAws, hub: FakeHubApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.repository, hub.revision = "meta-llama/Llama-3.1-8B-Instruct", "0" * 40
    hub.files = {"model.safetensors": 16_060_000_000}
    file = tmp_path / "Pulumi.prod.yaml"
    file.write_text(f"""
config:
  slipway:target: eks
  slipway:model: {{source: "hf:{hub.repository}@{hub.revision}", maxContext: 8192}}
  slipway:aws:
    zones: [us-east-1a, us-east-1b]
    cluster: {{publicAccessCidrs: [], addons: {ADDONS}}}
  slipway:pools: [{{instanceType: g6e.xlarge, zones: [us-east-1a]}}]
  slipway:scaling: {{replicas: "1..2"}}
  slipway:images: {{overrides: {{vllm: "a/vllm@{DIGEST}", envoy: "a/envoy@{DIGEST}"}}}}
""")
    assert main(["preflight", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {one["check"]: one["outcome"] for one in found} == {
        "aws-quota": "ok",
        "aws-offering": "ok",
        "hub-token": "ok",
        "hub-model": "ok",
        "hub-weights": "ok",
    }
    aws.quotas = dict.fromkeys(aws.quotas, 0.0)
    assert main(["preflight", str(file)]) == 1
    assert "aws service-quotas request-service-quota-increase" in capsys.readouterr().out


def test_a_problem_is_exit_code_1_and_names_key_and_fix(
    hub: FakeHubApi, stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.refused["auth-check"] = "GatedRepo"
    assert main(["preflight", str(stack)]) == 1
    shown = capsys.readouterr().out
    assert "error: slipway:model.source  [gated]" in shown
    assert "fix      ask for access on https://huggingface.co/acme/tiny" in shown


def test_an_open_question_is_exit_code_3_and_json_says_why(
    hub: FakeHubApi, stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.failures["model"] = "denied"
    assert main(["preflight", str(stack), "--json"]) == 3
    document = json.loads(capsys.readouterr().out)
    assert document["exitCode"] == 3
    by_check = {found["check"]: found for found in document["findings"]}
    assert by_check["hub-token"]["outcome"] == "ok"
    assert by_check["hub-model"] == {
        "check": "hub-model",
        "subject": "acme/tiny@01234567",
        "outcome": "unchecked",
        "reason": "denied",
        "said": "the token may not read the model",
        "problems": [],
    }


def test_a_server_cannot_steer_the_terminal(
    hub: FakeHubApi, stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.licence = "mit\x1b[2J\x07"
    assert main(["preflight", str(stack)]) == 0
    assert "\x1b[2J" not in (shown := capsys.readouterr().out)
    assert "mit�[2J�" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["preflight"],
        ["preflight", "{file}", "--timeout", "0"],
        ["preflight", "{file}", "--timeout", "soon"],
        ["fly", "{file}"],
    ],
)
def test_wrong_usage_is_exit_code_2(stack: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([argument.format(file=stack) for argument in arguments])
    assert ended.value.code == 2


def test_a_stack_file_that_cannot_be_planned_is_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "Pulumi.prod.yaml"
    broken.write_text("config:\n  slipway:target: moon\n")
    assert main(["preflight", str(broken)]) == 2
    assert main(["preflight", str(tmp_path / "Pulumi.absent.yaml")]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "slipway:target" in err


def test_the_dev_stack_needs_nothing_online() -> None:
    command = [sys.executable, "-m", "operations", "preflight", "Pulumi.dev.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "nothing in this stack file needs a cloud account or the model hub\n"


def test_a_local_stack_loads_no_cloud_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"boto3", "botocore", "huggingface_hub"} & set(done.stdout.split())
