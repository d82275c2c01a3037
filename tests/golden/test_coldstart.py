"""Every start is budgeted, and every start that breaks something refused, in the expected words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.catalog import load_catalog
from planning.coldstart import ColdStart, StartCase, Wishes, cold_start, start_problems
from planning.coldstart.problems import RULES
from planning.coldstart.subject import Subject
from planning.coldstart.value import Seconds
from planning.problems import Problem, problem_text
from planning.settings.start import Start
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "coldstart"
FILES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
CATALOG = load_catalog()


@pytest.mark.parametrize("name", FILES)
def test_a_start_has_its_budget_and_its_problems(name: str, pytestconfig: pytest.Config) -> None:
    cold, problems = _planned(name)
    text = "\n".join([*_lines(cold), "", problem_text(problems, origin=name), ""])
    assert_golden(pytestconfig, FOLDER / f"{name}.txt", text)
    for problem in problems:
        assert problem.path and problem.code and problem.got and problem.allowed and problem.fixes


def test_there_are_many_refusals_and_no_text_without_its_file() -> None:
    refused = [name for name in FILES if any(p.severity == "error" for p in _planned(name)[1])]
    assert len(refused) >= 20
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(FILES)


def test_every_rule_is_seen_in_a_golden() -> None:
    subjects = [Subject(_wishes(name), _planned(name)[0], CATALOG) for name in FILES]
    assert [rule.__name__ for rule in RULES if not any(list(rule(s)) for s in subjects)] == []


def _planned(name: str) -> tuple[ColdStart, tuple[Problem, ...]]:
    stated = _stated(name)
    levers = Start.model_validate(stated.get("start", {}))
    cold = cold_start(StartCase(**stated["case"], levers=levers), CATALOG)
    return cold, start_problems(_wishes(name), cold, CATALOG)


def _wishes(name: str) -> Wishes:
    return Wishes(**_stated(name).get("wishes", {}))


def _stated(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text())


def _lines(cold: ColdStart) -> list[str]:
    probe = cold.startup_probe
    return [
        *(
            line
            for stage in cold.stages
            for line in (
                f"{stage.name} ({stage.where}): {_range(stage.seconds)}",
                *(f"  {text}" for text in (stage.formula, stage.reason, stage.source) if text),
            )
        ),
        f"together: {'at least ' if cold.at_least else ''}{_range(cold.total)}",
        f"budget: {cold.budget_seconds} s ({cold.budget_reason})",
        f"startup probe: {probe.failure_threshold} x {probe.period_seconds} s",
        f"progress deadline: {cold.progress_deadline_seconds} s",
        f"await: {cold.await_timeout_seconds} s",
        f"scale-down stabilisation: {cold.scale_down_stabilisation_seconds} s",
        f"cooldown: {cold.cooldown_seconds} s",
        f"held request: {cold.held_request_timeout_seconds} s",
        f"pre-stop and grace: {cold.pre_stop_seconds} s, {cold.grace_period_seconds} s",
        *(
            f"{lever.setting} ({lever.name}): saves {lever.seconds_saved:.1f} s, "
            f"leaves {lever.seconds:.1f} s"
            for lever in cold.levers
        ),
    ]


def _range(seconds: Seconds | None) -> str:
    if seconds is None:
        return "not known"
    return f"{seconds.expected:.1f} s ({seconds.low:.1f} to {seconds.high:.1f})"
