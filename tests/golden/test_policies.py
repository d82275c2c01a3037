"""Every IAM policy, byte for byte; `make check` scans these files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.aws_policies import documents
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "policies"
DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_policy_has_its_document(name: str, pytestconfig: pytest.Config) -> None:
    text = json.dumps(DOCUMENTS[name], indent=2) + "\n"
    assert_golden(pytestconfig, FOLDER / f"{name}.json", text)


def test_there_is_no_file_without_its_policy() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(DOCUMENTS)
