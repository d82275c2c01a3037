"""What a pull request is told of its cost, change by change."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planning.catalog import load_catalog
from planning.cost import estimate, read_preview
from planning.cost.report.build import cost_document
from planning.cost.report.document import CostDocument
from planning.cost.report.markdown import LONGEST, comment
from tests.support.cost_previews import (
    CLUSTER,
    ENDPOINT,
    GROUP,
    NODE_POOL,
    endpoint,
    group,
    preview_text,
    recorded,
    step,
)
from tests.support.golden import assert_golden

_FOLDER = Path(__file__).parent / "cost"
_TODAY = datetime.date(2026, 12, 1)
_SIZES = ["g6.xlarge", "g6.12xlarge"]
_L4 = group(["g6.xlarge"], 1, 2)


def _pool(types: list[str], **limits: int) -> dict[str, Any]:
    key = "node.kubernetes.io/instance-type"
    requirements = [
        {"key": key, "operator": "In", "values": types},
        {"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["us-east-1a"]},
    ]
    template = {"spec": {"requirements": requirements, "nodeClassRef": {"name": "none"}}}
    return {"metadata": {"name": "gpus"}, "spec": {"template": template, "limits": limits}}


CHANGES: dict[str, Callable[[], str]] = {
    "no-change": lambda: preview_text([step("same", GROUP, old=_L4, new=_L4)]),
    "scale-up": lambda: preview_text(
        [step("update", GROUP, old=_L4, new=group(["g6.xlarge"], 2, 8))]
    ),
    "scale-down": lambda: preview_text(
        [step("update", GROUP, old=group(["g6.xlarge"], 2, 8), new=_L4)]
    ),
    "to-spot": lambda: preview_text(
        [step("replace", GROUP, old=_L4, new={**_L4, "capacityType": "SPOT"})]
    ),
    "another-gpu": lambda: preview_text(
        [step("replace", GROUP, old=_L4, new=group(["p5.48xlarge"], 1, 2))]
    ),
    "to-hugging-face": lambda: preview_text(
        [
            step("delete", CLUSTER, old={"version": "1.36"}),
            step("delete", GROUP, old=_L4),
            step("create", ENDPOINT, new=endpoint(0, 2)),
        ]
    ),
    "new-karpenter-pool": lambda: preview_text(
        [
            step(
                "create",
                NODE_POOL,
                new=_pool(["g6.xlarge", "g6.12xlarge"], **{"nvidia.com/gpu": 8}),
            )
        ]
    ),
    "pool-without-limits": lambda: preview_text(
        [step("create", NODE_POOL, new=_pool(["g6.xlarge"]))]
    ),
    "destroy": lambda: preview_text([step("delete", GROUP, old=_L4)]),
    "import": lambda: preview_text([step("import", GROUP, new=_L4)]),
    "replacement": lambda: recorded("small-replace"),
    "price-unknown": lambda: preview_text(
        [step("update", GROUP, old=_L4, new=group(["p5e.48xlarge"], 1, 1))]
    ),
    "foreign": lambda: preview_text(
        [
            step("create", "aws:rds/instance:Instance", new={"instanceClass": "db.r7g.large"}),
            step("create", "aws:s3/bucket:Bucket", new={}),
            step("create", "aws:lambda/function:Function", new={"memorySize": 1024}),
        ]
    ),
    "own-cluster": lambda: recorded("kubernetes-vllm-scale-to-zero"),
}


def _document(text: str) -> CostDocument:
    found = read_preview(text)
    priced = estimate(found.before, found.after, load_catalog(), str(_TODAY))
    return cost_document(priced, found.operations, found.stack, _TODAY)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_gets_the_expected_comment(change: str, pytestconfig: pytest.Config) -> None:
    text = comment(_document(CHANGES[change]()))
    assert_golden(pytestconfig, _FOLDER / f"{change}.md", text)
    assert comment(_document(CHANGES[change]())) == text


def test_a_foreign_program_is_not_said_to_cost_nothing() -> None:
    document = _document(CHANGES["foreign"]())
    assert [one.monthly_usd for one in document.resources] == [None, None, None]
    assert document.totals.monthly_usd.max is None
    assert "| 0.00 |" not in comment(document).partition("with this change")[2]


def test_the_longest_comment_is_one_that_github_takes() -> None:
    steps = [step("create", "aws:rds/instance:Instance", f"n{i}" * 40, new={}) for i in range(3000)]
    text = comment(_document(preview_text(steps)))
    assert len(text) <= LONGEST
    assert "more, see the JSON" in text


def test_names_of_a_program_do_not_become_markdown() -> None:
    name = "a`b|<script>@everyone"
    text = comment(_document(preview_text([step("create", GROUP, name, new=_L4)])))
    assert "`NodeGroup a'b/<script>@everyone`" in text


def test_from_base_to_head_is_the_opposite_of_back() -> None:
    def there(old: dict[str, Any], new: dict[str, Any]) -> list[float | None]:
        change = _document(preview_text([step("update", GROUP, old=old, new=new)])).totals.change
        return [change.min, change.expected, change.max]

    one, other = group(["g6.xlarge"], 1, 2), group(["g5.xlarge"], 2, 2)
    ahead, back = there(one, other), there(other, one)
    assert ahead == [None if figure is None else -figure for figure in back]


def test_json_has_the_documented_keys() -> None:
    made = json.loads(_document(CHANGES["scale-up"]()).text())
    assert made["totals"]["monthlyUsd"] == {"min": 1178.21, "expected": None, "max": 4716.03}
    assert set(made["totals"]) == {"monthlyUsd", "before", "change"}
    assert made["unpriced"] == []
    assert made["snapshot"]["state"] == "stale"
    first = made["resources"][0]
    assert {"urn", "op", "class", "monthlyUsd", "price"} <= set(first)
