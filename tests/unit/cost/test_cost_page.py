"""The page of an estimate says what the comment says, and shows a program's words as text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from planning.cost.report.groups import MOST, REST, groups
from planning.cost.report.page.page import cost_page
from planning.cost.report.page.stacks import stacks_page
from planning.page.html import html_of
from planning.page.page import Page
from tests.support.cost_changes import CHANGES, document_of, document_of_change
from tests.support.cost_previews import GROUP, group, preview_text, step


class _Links(HTMLParser):
    """Where tags point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.places: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.places += [value or "" for name, value in attrs if name in ("href", "src")]


def _page(change: str) -> Page:
    return cost_page(document_of_change(change))


def test_nothing_is_loaded_and_nothing_runs() -> None:
    page = _Links(html_of(_page("new-stack-on-eks")))
    assert not {"script", "img", "iframe"} & set(page.tags)
    assert [place for place in page.places if not place.startswith(("#", "data:"))] == []


def test_names_of_a_program_stay_text() -> None:
    name = "<script>alert(1)</script>"
    steps = [step("create", GROUP, name, new=group(["g6.xlarge"], 1, 2))]
    page = html_of(cost_page(document_of(preview_text(steps))))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_worst_case_and_its_change_come_first() -> None:
    page = _page("scale-up")
    assert page.title == "Cost of dev: at most $4,716.03 a month"
    assert page.judgement == "$3,537.02 more."


@pytest.mark.parametrize("change", CHANGES)
def test_groups_come_to_the_totals(change: str) -> None:
    document = document_of_change(change)
    found, totals = groups(document.resources), document.totals
    if totals.monthly_usd.max is not None:
        most = sum(one.after.max or 0 for one in found)
        assert most == pytest.approx(totals.monthly_usd.max)
    if totals.before.max is not None and totals.change.max is not None:
        most = sum(one.before.max or 0 for one in found)
        assert most == pytest.approx(totals.before.max)


def test_small_groups_are_counted_together() -> None:
    kinds = [f"aws:eks/nodeGroup{n}:NodeGroup" for n in range(12)]
    document = document_of(preview_text([step("create", GROUP, new=group(["g6.xlarge"], 1, 2))]))
    (priced,) = document.resources
    many = [
        priced.model_copy(update={"urn": f"urn:pulumi:dev::test::{kind}{n}::x"})
        for n, kind in enumerate(kinds)
    ]
    found = groups(many)
    assert len(found) == MOST + 1
    assert (found[-1].name, found[-1].count) == (REST, 12 - MOST)


def test_what_has_no_price_is_named_before_the_figures() -> None:
    page = _page("pool-without-limits")
    assert page.verdict == "warned"
    assert "Without a price, and on top: 1." in page.sentence


def test_what_a_rule_refuses_is_said_first() -> None:
    page = _page("over-budget")
    assert page.verdict == "refused"
    assert page.title == "Cost of dev: refused: at most $4,716.03 a month"
    assert page.sections[0].slug == "rules"
    (month, increase) = page.sections[0].tables[0].rows
    assert month[:2] == ("error", "slipway:budget.monthly")
    assert "$1,716.03 over" in month[2]
    assert "$3,037.02 over" in increase[2]
    picture = page.sections[1].picture
    assert picture is not None
    assert ("limit", "budget of $3,000.00") in picture.legend
    assert "The budget is $3,000.00." in picture.description


def test_several_stacks_are_bars_of_one_page_with_ids_of_their_own() -> None:
    one, other = document_of_change("scale-up"), document_of_change("over-budget")
    other = other.model_copy(update={"stack": "prod"})
    page = stacks_page(one.totals, [one, other])
    assert page.verdict == "refused"
    assert page.sections[0].tables[0].rows[1][0] == "prod"
    assert page.sections[0].picture is not None
    assert "prod $1,178.21 to $4,716.03" in page.sections[0].picture.description
    slugs = [section.slug for section in page.sections]
    assert len(set(slugs)) == len(slugs) == 10
    assert "prod: budget and rules" in html_of(page)
