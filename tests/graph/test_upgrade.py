"""A release replaces nothing on AWS that UPGRADE.md does not name."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.aws_baseline import Baseline, as_text, baseline, replaced
from tests.support.eks_stack import PRESETS, preset_stack

_ROOT = Path(__file__).parents[2]
_FOLDER = Path(__file__).parent / "baselines"


def _recorded(preset: str) -> Any:
    return json.loads((_FOLDER / f"{preset}.json").read_text())


def _listed() -> set[str]:
    """Logical names in the list of UPGRADE.md."""
    section = (_ROOT / "UPGRADE.md").read_text().partition("## Replaced")[2].partition("\n## ")[0]
    return set(re.findall(r"^- `([\w-]+)`", section, re.MULTILINE))


@pytest.mark.parametrize("preset", PRESETS)
def test_nothing_is_replaced_that_is_not_listed(preset: str) -> None:
    found = list(replaced(_recorded(preset), baseline(preset_stack(preset))))
    assert [one for one in found if one.partition(":")[0] not in _listed()] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_a_baseline_is_canonical_and_holds_no_secret(preset: str) -> None:
    text = (_FOLDER / f"{preset}.json").read_text()
    assert text == as_text(json.loads(text))
    assert "never-in-clear" not in text


def test_a_change_that_makes_another_object_is_told_with_its_cause() -> None:
    old = _recorded("eks-dev")
    new: Any = copy.deepcopy(old)
    new["network-vpc"]["inputs"]["cidrBlock"] = "10.9.0.0/16"
    del new["cluster-cluster"]
    assert sorted(_found(old, new)) == ["cluster-cluster: gone", "network-vpc: cidrBlock"]


def _found(old: Baseline, new: Baseline) -> list[str]:
    return list(replaced(old, new))
