"""Choices over the shipped catalog, for tests."""

from __future__ import annotations

import datetime
from typing import Any

from planning.architecture import Architecture
from planning.catalog import load_catalog
from planning.choice import Candidate, Choice, Wanted, choose

CATALOG = load_catalog()
TODAY = datetime.date(2026, 11, 22)


def model(name: str) -> Architecture:
    return CATALOG.models[name].value.architecture


def wish(**asked: Any) -> Wanted:
    return Wanted(**{"target": "eks", "region": "us-east-1", "context": 8192, **asked})


def chosen(name: str, **asked: Any) -> Choice:
    return choose(model(name), wish(**asked), CATALOG, TODAY)


def best(name: str, **asked: Any) -> Candidate:
    found = chosen(name, **asked).best
    assert found is not None
    return found


def codes(candidate: Candidate) -> set[str]:
    return {problem.code for problem in candidate.problems}
