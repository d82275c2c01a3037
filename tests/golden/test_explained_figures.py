"""Every figure of every plan is explained, and its arithmetic comes to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planning.catalog import load_catalog
from planning.explain import Explained, explain, figures_of
from planning.explain.figures import REGISTRY
from planning.explain.text import explanation_text
from planning.report.build import plan_document
from planning.report.document import PlanDocument
from planning.report.part import RangePart
from tests.support.explained import astray
from tests.support.golden import assert_golden
from tests.support.stack_files import FILES, FOLDER, plan_of


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def figures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Explained]:
    monkeypatch.chdir(request.param.parent)
    return list(explain(plan_of(Path(request.param.name)), load_catalog()))


def test_the_arithmetic_of_every_figure_comes_to_the_figure(figures: list[Explained]) -> None:
    assert astray(figures) == []


def test_every_figure_has_words(figures: list[Explained]) -> None:
    assert [one.path for one in figures if not any(one.arithmetic.lines)] == []
    assert len(figures) >= 10


def test_every_numeric_key_of_the_document_is_in_the_registry() -> None:
    """By the schema, so that no key waits for a plan that has it."""
    schema = PlanDocument.model_json_schema(by_alias=True, mode="serialization")
    keys = set(_numeric(schema, schema, ""))
    assert keys - set(REGISTRY) == set()
    assert set(REGISTRY) - keys == set(), "explained, but no key of the document"


@pytest.mark.parametrize("stem", ["eks-chosen-by-traffic", "smallest", "hf-endpoint-chosen"])
def test_the_printed_explanations_are_the_expected_ones(
    stem: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    text = explanation_text(explain(plan_of(Path(f"{stem}.yaml")), load_catalog())) + "\n"
    assert_golden(pytestconfig, FOLDER.parent / "explained" / f"{stem}.txt", text)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("fit.kvCacheTokens", "fit.kvCacheTokens"),
        ("kvCacheTokens", "fit.kvCacheTokens"),
        ("performance.itlMs.high", "performance.itlMs"),
        ("itlMs", "performance.itlMs"),
        ("coldStart.stages[1].seconds", "coldStart.stages[1].seconds"),
        ("coldStart.stages[1]", "coldStart.stages[1].seconds"),
    ],
)
def test_one_figure_is_found_by_its_path_or_last_name(
    asked: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    found = explain(plan_of(Path("eks-chosen-by-traffic.yaml")), load_catalog(), asked)
    assert [one.path for one in found] == [path]


def test_a_section_is_all_of_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    plan = plan_of(Path("eks-chosen-by-traffic.yaml"))
    found = {one.path for one in explain(plan, load_catalog(), "coldStart")}
    everything = figures_of(plan_document(plan))
    assert found == {path for path in everything if path.startswith("coldStart.")}
    stages = explain(plan, load_catalog(), "coldStart.stages")
    assert len(stages) == sum(path.startswith("coldStart.stages[") for path in everything)


def test_a_mistyped_figure_is_named_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(LookupError, match=r"no figure fit\.kvTokens; did you mean"):
        explain(plan_of(Path("smallest.yaml")), load_catalog(), "fit.kvTokens")


def _numeric(node: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    found: list[str] = []
    for key, value in node["properties"].items():
        for shape in value.get("anyOf", [value]):
            inner, suffix = (shape["items"], "[]") if "items" in shape else (shape, "")
            here = f"{path}{key}{suffix}"
            name = inner.get("$ref", "").rpartition("/")[2]
            if name == RangePart.__name__ or _number(inner):
                found.append(here)
            elif name:
                found += _numeric(root["$defs"][name], root, f"{here}.")
    return found


def _number(node: dict[str, Any]) -> bool:
    return node.get("type") in ("integer", "number") or isinstance(node.get("const"), int)
