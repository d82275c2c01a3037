"""Good stack files give exactly the expected plan, for people and as JSON."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from planning.machine import Machine
from planning.plan import make_plan
from planning.report.build import plan_document
from planning.report.terminal import print_plan
from planning.stackfile import load_stack_file
from tests.support.golden import assert_golden
from tests.support.stack_files import FILES, FOLDER, plan_of


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(request.param.parent)
    return Path(request.param.name)


def test_the_plan_as_json_is_the_expected_one(file: Path, pytestconfig: pytest.Config) -> None:
    text = plan_document(plan_of(file)).text() + "\n"
    assert_golden(pytestconfig, FOLDER / f"{file.stem}.json", text)


def test_the_printed_plan_is_the_expected_one(file: Path, pytestconfig: pytest.Config) -> None:
    page = io.StringIO()
    print_plan(plan_of(file), Console(file=page, width=100, color_system=None, highlight=False))
    lines = "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())
    assert_golden(pytestconfig, FOLDER / f"{file.stem}.txt", lines)


def test_a_small_machine_is_named_in_the_problems(pytestconfig: pytest.Config) -> None:
    small = Machine(memory_bytes=5 << 30, cpus=2, disk_free_bytes=1 << 20)
    settings = load_stack_file(FOLDER / "every-key.yaml")
    text = plan_document(make_plan(settings, stack="small", machine=small)).text() + "\n"
    text = text.replace(str(FOLDER), "FOLDER")
    assert_golden(pytestconfig, FOLDER / "too-small-machine.json", text)
    assert '"ok": false' in text
