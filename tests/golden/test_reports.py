"""Reports and comparisons say exactly what is expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planning.catalog import load_catalog
from planning.comparison import compare
from planning.problems import SettingsError
from planning.report.comparison_build import comparison_document
from planning.report.markdown import markdown, table_lines
from planning.report.report import refusal_report
from planning.report.sections.comparison import comparison_tables
from planning.stackfile import load_stack_file
from planning.stackfile.file import read_stack_file
from tests.support.golden import assert_golden
from tests.support.reports import report_in
from tests.support.stack_files import FOLDER, MACHINE, ROOT, TODAY

REPORTED = (
    "eks-chosen-by-traffic",
    "eks-does-not-fit",
    "eks-without-gpu",
    "hf-endpoint-chosen",
    "kubernetes-fp8-on-own-gpus",
    "kubernetes-model-unknown-to-the-catalog",
    "smallest",
)
COMPARED = ("eks-chosen-by-traffic", "kubernetes-fp8-on-own-gpus", "every-key")


@pytest.mark.parametrize("stem", REPORTED)
def test_the_report_in_markdown_is_the_expected_one(stem: str, pytestconfig: pytest.Config) -> None:
    text = markdown(report_in(FOLDER, f"{stem}.yaml"))
    assert_golden(pytestconfig, FOLDER.parent / "reports" / f"{stem}.md", text)


def test_a_refused_stack_file_is_reported_with_all_its_problems(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER.parent / "bad")
    with pytest.raises(SettingsError) as refused:
        load_stack_file(Path("everything-at-once.yaml"))
    text = markdown(refusal_report(refused.value, stack="bad", today=TODAY))
    assert_golden(pytestconfig, FOLDER.parent / "reports" / "everything-at-once.md", text)


@pytest.mark.parametrize("stem", COMPARED)
def test_the_comparison_is_the_expected_one(
    stem: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    file = Path(f"{stem}.yaml")
    raw, _ = read_stack_file(file)
    assert raw is not None
    outcomes = compare(
        raw,
        origin=str(file),
        stack=stem,
        catalog=load_catalog(),
        machine=MACHINE,
        today=TODAY,
    )
    document = comparison_document(load_stack_file(file), stem, outcomes)
    lines = [line for table in comparison_tables(document) for line in table_lines(table)]
    folder = FOLDER.parent / "compared"
    assert_golden(pytestconfig, folder / f"{stem}.md", "\n".join(lines).rstrip() + "\n")
    assert_golden(pytestconfig, folder / f"{stem}.json", document.text() + "\n")
    assert [one["target"] for one in json.loads(document.text())["targets"]] == [
        "local",
        "kubernetes",
        "eks",
        "hf-endpoint",
    ]


def test_the_dev_stack_has_a_report_too() -> None:
    report = report_in(ROOT, "Pulumi.dev.yaml")
    assert report.verdict == "good"
    assert [section.slug for section in report.sections] == [
        "problems",
        "memory",
        "what-if",
        "cost",
        "assumptions",
        "arithmetic",
    ]
