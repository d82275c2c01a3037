"""Every trap of the stack below an engine is refused with exactly the expected message."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.catalog import load_catalog
from planning.compatibility import Deployment, compatibility_problems
from planning.compatibility.rules import RULES
from planning.compatibility.subject import Subject
from planning.problems import Problem, problem_text
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "compatibility"
FILES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize("name", FILES)
def test_a_deployment_is_judged_with_its_message(name: str, pytestconfig: pytest.Config) -> None:
    problems = _problems(name)
    assert_golden(pytestconfig, FOLDER / f"{name}.txt", problem_text(problems, origin=name) + "\n")
    for problem in problems:
        assert problem.path and problem.code and problem.got and problem.allowed and problem.fixes


def test_there_are_many_refusals_and_no_message_without_its_file() -> None:
    refusing = [name for name in FILES if any(p.severity == "error" for p in _problems(name))]
    assert len(refusing) >= 25
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(FILES)


def test_every_rule_is_seen_in_a_golden() -> None:
    subjects = [_subject(name) for name in FILES]
    assert [rule.__name__ for rule in RULES if not any(list(rule(s)) for s in subjects)] == []


def test_the_same_deployment_gives_the_same_problems_again() -> None:
    assert [_problems(name) for name in FILES] == [_problems(name) for name in FILES]


def _problems(name: str) -> tuple[Problem, ...]:
    subject = _subject(name)
    return compatibility_problems(subject.deployment, subject.catalog, subject.today)


def _subject(name: str) -> Subject:
    chosen: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    today = chosen.pop("today", TODAY)
    return Subject(Deployment(**chosen), load_catalog(), today)
