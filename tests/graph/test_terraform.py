"""What is registered, held against the schema and the plan of Terraform's real provider for AWS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import terraform

_WHOLE = Path(__file__).parents[1] / "golden" / "graphs" / "every-component.json"
_FILES = [*sorted((Path(__file__).parent / "goldens").glob("*.json")), _WHOLE]
_IN_EVERY_RUN = {"eks-prod", _WHOLE.stem}
_CASES = [
    pytest.param(file, marks=() if file.stem in _IN_EVERY_RUN else pytest.mark.chaos, id=file.stem)
    for file in _FILES
]
_ASKED = pytest.mark.skipif(terraform.missing() != "", reason=terraform.missing())


def _rows(file: Path) -> list[dict[str, Any]]:
    return json.loads(file.read_text())


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_every_registration_is_a_resource_of_the_program(file: Path) -> None:
    rows = [row for row in _rows(file) if row["type"].startswith("aws:")]
    made = terraform.program(_rows(file), "us-east-1")["resource"]
    assert sum(len(named) for named in made.values()) == len(rows)


@_ASKED
@pytest.mark.parametrize("file", _CASES)
def test_the_real_provider_plans_all_of_it(tmp_path: Path, file: Path) -> None:
    assert terraform.refused(tmp_path, terraform.program(_rows(file), "us-east-1")) == ""


@_ASKED
def test_the_real_provider_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    made = terraform.program(_rows(_WHOLE), "us-east-1")
    made["resource"]["aws_eks_node_group"]["r_system-on-demand"]["instance_kinds"] = ["m7i.large"]
    made["resource"]["aws_flow_log"]["r_network-flow-logs-log"]["traffic_type"] = "SOME"
    said = terraform.refused(tmp_path, made)
    assert '"instance_kinds"' in said
    assert "traffic_type" in said
