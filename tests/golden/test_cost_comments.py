"""What a pull request is told of its cost, change by change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planning.cost.report.markdown import LONGEST, comment
from tests.support.cost_changes import CHANGES, document_of, document_of_change
from tests.support.cost_previews import GROUP, group, preview_text, step
from tests.support.golden import assert_golden

_FOLDER = Path(__file__).parent / "cost"
_L4 = group(["g6.xlarge"], 1, 2)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_gets_the_expected_comment(change: str, pytestconfig: pytest.Config) -> None:
    text = comment(document_of_change(change))
    assert_golden(pytestconfig, _FOLDER / f"{change}.md", text)
    assert comment(document_of_change(change)) == text


def test_a_foreign_program_is_not_said_to_cost_nothing() -> None:
    document = document_of_change("foreign")
    assert [one.monthly_usd for one in document.resources] == [None, None, None]
    assert document.totals.monthly_usd.max is None
    assert "| 0.00 |" not in comment(document).partition("with this change")[2]


def test_the_longest_comment_is_one_that_github_takes() -> None:
    steps = [step("create", "aws:rds/instance:Instance", f"n{i}" * 40, new={}) for i in range(3000)]
    text = comment(document_of(preview_text(steps)))
    assert len(text) <= LONGEST
    assert "more, see the JSON" in text


def test_names_of_a_program_do_not_become_markdown() -> None:
    name = "a`b|<script>@everyone"
    text = comment(document_of(preview_text([step("create", GROUP, name, new=_L4)])))
    assert "`NodeGroup\u00a0a'b/<script>@everyone`" in text


def test_a_type_of_a_program_does_not_become_markdown() -> None:
    kind = "x:index:![**a**](https://tracker.example/`1`)<b>@team"
    text = comment(document_of(preview_text([step("create", kind, new={})])))
    shown = r"!\[\*\*a\*\*\](https://tracker.example/\`1\`)&lt;b>@" + "\u200bteam"
    assert f"how x:index:{shown} is billed is not known" in text
    assert "![" not in text


def test_from_base_to_head_is_the_opposite_of_back() -> None:
    def there(old: dict[str, Any], new: dict[str, Any]) -> list[float | None]:
        change = document_of(preview_text([step("update", GROUP, old=old, new=new)])).totals.change
        return [change.min, change.expected, change.max]

    one, other = group(["g6.xlarge"], 1, 2), group(["g5.xlarge"], 2, 2)
    ahead, back = there(one, other), there(other, one)
    assert ahead == [None if figure is None else -figure for figure in back]


def test_json_has_the_documented_keys() -> None:
    made = json.loads(document_of_change("scale-up").text())
    assert made["totals"]["monthlyUsd"] == {"min": 1178.21, "expected": None, "max": 4716.03}
    assert set(made["totals"]) == {"monthlyUsd", "before", "change"}
    assert made["unpriced"] == []
    assert made["snapshot"]["state"] == "stale"
    first = made["resources"][0]
    assert {"urn", "op", "class", "monthlyUsd", "price"} <= set(first)
