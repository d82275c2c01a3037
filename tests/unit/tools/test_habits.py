"""Each bad habit is found where it counts, and its innocent neighbour is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools.lint import salted
from tools.lint.habits import problems
from tools.lint.pulumi_config import config_readers

BAD = [
    ("a.yaml", "image: vllm/vllm-openai:latest"),
    ("a.yaml", "tag: latest"),
    ("a.py", 'MODEL = "/root/models"'),
    ("a.md", "see /home/somebody/slipway"),
    ("a.toml", 'url = "https://pypi.org/simple"'),
    ("a.py", "load(name, trust_remote_code=True)"),
]
GOOD = [
    ("a.yaml", "image: envoy@sha256:0000"),
    ("a.md", "the latest answer"),
    ("a.py", 'PATH = "tests/root/data"'),
    ("uv.lock", 'registry = "https://pypi.org/simple"'),
    ("a.py", "trust_remote_code=False"),
]


@pytest.mark.parametrize(("file", "text"), BAD)
def test_a_bad_habit_is_found_with_its_line(file: str, text: str) -> None:
    found = problems(file, f"first line\n{text}\n")
    assert len(found) == 1
    assert found[0].startswith(f"{file}:2: ")


@pytest.mark.parametrize(("file", "text"), GOOD)
def test_an_innocent_line_passes(file: str, text: str) -> None:
    assert problems(file, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "import pulumi\nc = pulumi.Config()",
        "import pulumi\nfrom pulumi import Config",
        "import pulumi\npulumi.runtime.config.get_config_env()",
    ],
)
def test_only_one_module_reads_pulumi_config(text: str) -> None:
    assert config_readers("stacks/local.py", text) == [
        "stacks/local.py:2: Pulumi's configuration is read in stacks/config.py only"
    ]
    assert config_readers("stacks/config.py", text) == []


def test_a_committed_salt_is_found_and_a_persons_own_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salted, "ROOT", tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text("config: {}\n")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    file.write_text("config: {}\nencryptionsalt: v1:abc=\n")
    assert salted.salted_stack_files() == []
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    assert salted.salted_stack_files()[0].startswith("Pulumi.dev.yaml: ")
