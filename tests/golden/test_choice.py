"""What cannot be served as wished is refused with its reasons and the cheapest ways out."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.catalog import load_catalog
from planning.choice import Choice, Demand, Wanted, choose
from planning.problems import Problem, problem_text
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "choice"
FILES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize("name", FILES)
def test_a_wish_is_answered_with_its_message(name: str, pytestconfig: pytest.Config) -> None:
    problems = _problems(name)
    assert_golden(pytestconfig, FOLDER / f"{name}.txt", problem_text(problems, origin=name) + "\n")
    for problem in problems:
        assert problem.path and problem.code and problem.got and problem.allowed and problem.fixes


def test_there_are_many_refusals_and_no_message_without_its_file() -> None:
    refusing = [name for name in FILES if "\nerror: " in (FOLDER / f"{name}.txt").read_text()]
    assert len(refusing) >= 25
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(FILES)


def _problems(name: str) -> tuple[Problem, ...]:
    """Of the first candidate, and of the choice; the age of prices is another test's matter."""
    chosen = _chosen(name)
    first = chosen.candidates[0].problems if chosen.candidates else ()
    return tuple(p for p in (*chosen.problems, *first) if p.code != "price-stale")


def _chosen(name: str) -> Choice:
    catalog = load_catalog()
    asked: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    model = catalog.models[asked.pop("model")].value.architecture
    demand = asked.pop("demand", None)
    defaults = {"target": "eks", "region": "us-east-1", "context": 8192}
    wanted = Wanted(**{**defaults, **asked}, demand=Demand(**demand) if demand else None)
    return choose(model, wanted, catalog, TODAY)
