"""What cannot be made on EKS, in words: which key, what is allowed, how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.problems import problem_text
from tests.support.golden import assert_golden
from tests.support.presets import pinned_catalog, preset_plan

FOLDER = Path(__file__).parent / "eks/bad"
FILES = sorted(FOLDER.glob("*.yaml"))
_OF_PRICES = ("price-stale", "advisories-stale")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_problems_of_a_bad_stack_are_the_expected_ones(
    file: Path, pytestconfig: pytest.Config
) -> None:
    plan = preset_plan(file, pinned_catalog())
    found = tuple(one for one in plan.problems if one.code not in _OF_PRICES)
    text = problem_text(found, origin=file.name) + "\n"
    assert_golden(pytestconfig, FOLDER / f"{file.stem}.txt", text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_fix_names_something_to_write(file: Path) -> None:
    plan = preset_plan(file, pinned_catalog())
    assert plan.problems
    assert all(problem.fixes and problem.allowed for problem in plan.problems)
