"""Every resource that a protected stack registers on AWS; `make check` scans these files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.aws_whole import whole
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "graphs"


def test_a_stack_registers_its_resources(pytestconfig: pytest.Config) -> None:
    text = json.dumps(whole(), indent=1, sort_keys=True) + "\n"
    assert_golden(pytestconfig, FOLDER / "every-component.json", text)
