"""`pulumi new <this checkout>` from an empty folder, with another project name."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.support.checkout import copy_of_checkout
from tools.engine import locate
from tools.lint.sources import ROOT
from tools.stack.salt import without_salt

PROJECT = "my-llm"
_LIMIT_SECONDS = 240


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone of this repository would hold."""
    folder = copy_of_checkout(tmp_path_factory.mktemp("template"))
    stack_file = folder / "Pulumi.dev.yaml"
    stack_file.write_text(without_salt(stack_file.read_text()))
    return folder


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A person's environment with a file backend of their own."""
    folder = tmp_path_factory.mktemp("person")
    (folder / "state").mkdir()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PULUMI_", "VIRTUAL_"))}
    return {
        **inherited,
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PATH": f"{locate()}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
    }


@pytest.fixture(scope="module")
def project(template: Path, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    pulumi(folder, env, "new", str(template), "--yes", "--name", PROJECT, "--stack", "dev")
    return folder


def pulumi(folder: Path, env: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        ["pulumi", *arguments],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_LIMIT_SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_project_has_its_own_name_and_is_no_template_any_more(project: Path) -> None:
    made = yaml.safe_load((project / "Pulumi.yaml").read_text())
    assert made["name"] == PROJECT
    assert "template" not in made


def test_the_stack_file_comes_with_its_slipway_settings(project: Path) -> None:
    shipped = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text())["config"]
    assert yaml.safe_load((project / "Pulumi.dev.yaml").read_text())["config"] == shipped


def test_no_placeholder_of_a_file_was_mistaken_for_the_templates(
    project: Path, template: Path
) -> None:
    """`pulumi new` replaces $PROJECT and $DESCRIPTION, written with braces, wherever they stand."""
    own = {"Pulumi.yaml", "Pulumi.dev.yaml"}
    differing = [
        file
        for path in template.rglob("*")
        if path.is_file() and (file := path.relative_to(template).as_posix()) not in own
        if path.read_bytes() != (project / file).read_bytes()
    ]
    assert differing == []


def test_the_renamed_project_previews_with_the_slipway_settings(
    project: Path, env: dict[str, str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    pulumi(project, env, "config", "set", "--path", "slipway:access.port", str(port))
    shown = pulumi(project, env, "preview", "--non-interactive")
    assert f"{PROJECT}-dev" in shown
    assert f"http://127.0.0.1:{port}/v1" in shown
