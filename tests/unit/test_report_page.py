"""The page needs nothing but itself, and shows what it is told as text."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest

from planning.problems import Problem
from planning.report.html import html
from planning.report.markdown import markdown
from planning.report.report import Report
from planning.report.sections.problems import problems_section
from tests.support.reports import report_in
from tests.support.stack_files import FOLDER

MARKUP = "<script>alert(1)</script>\"'& | `x` <b>"


@pytest.fixture(scope="module")
def report() -> Report:
    return report_in(FOLDER, "eks-chosen-by-traffic.yaml")


class Tags(HTMLParser):
    """Start tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_loaded_and_nothing_runs(report: Report) -> None:
    tags = Tags(html(report)).found
    assert not {"script", "img", "iframe", "object"} & {tag for tag, _ in tags}
    places = [a.get("href") or a.get("src") for _, a in tags if "href" in a or "src" in a]
    assert [place for place in places if not (place or "").startswith(("#", "data:"))] == []
    assert not [name for _, a in tags for name in a if name.startswith("on")]


def test_every_picture_has_a_table_behind_it(report: Report) -> None:
    drawn = [section for section in report.sections if section.picture]
    assert [section.slug for section in drawn] == ["memory", "candidates", "start"]
    assert all(section.tables and section.tables[0].rows for section in drawn)
    page = Tags(html(report)).found
    assert sum(tag == "svg" for tag, _ in page) == 2 * len(drawn)


def test_ids_are_unique(report: Report) -> None:
    ids = [a["id"] for _, a in Tags(html(report)).found if "id" in a]
    assert len(ids) == len(set(ids))


def test_markup_in_a_stack_file_stays_text(report: Report) -> None:
    problem = Problem(path=MARKUP, code="x", got=MARKUP, allowed=MARKUP, fixes=(MARKUP,))
    spoiled = dataclasses.replace(
        report, title=MARKUP, sentence=MARKUP, sections=(problems_section([problem]),)
    )
    page = html(spoiled)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    rows = [line for line in markdown(spoiled).splitlines() if line.startswith("| error")]
    assert "<script" not in rows[0]
    assert rows[0].replace("\\|", "").count("|") == 6


def test_the_same_report_is_written_byte_for_byte(report: Report) -> None:
    assert html(report) == html(report)
    assert markdown(report) == markdown(report)


def test_every_section_of_the_page_is_in_the_markdown(report: Report) -> None:
    text = markdown(report)
    for section in report.sections:
        assert section.title in text
        for table in section.tables:
            assert all(row[0].replace("*", "\\*") in text for row in table.rows)
