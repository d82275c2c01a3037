"""A bill comes to a month of the stack alone, whatever kind of export it is."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from operations.observe.bill import Whose, month
from operations.observe.exports import ExportError

OURS = Whose(project="chat", stack="prod")
TAGS = {"slipway.dev/stack": "prod", "slipway.dev/project": "chat"}
OTHER = {**TAGS, "slipway.dev/stack": "dev"}
FORMATS = ("FOCUS", "CUR 2.0", "CUR")
# Kind, tags, dollars at list prices, dollars billed: 48 hours at $2 and $0.5 an hour.
LINES = (
    ("Usage", TAGS, "96", "60"),
    ("Usage", TAGS, "24", "24"),
    ("Usage", OTHER, "1000", "1000"),
    ("Usage", {}, "500", "500"),
    ("Tax", TAGS, "7", "7"),
)


def _row(kind: str, export: str, tags: dict[str, str], listed: str, billed: str) -> dict[str, str]:
    start, end = "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"
    if export == "FOCUS":
        return {
            "ChargePeriodStart": start,
            "ChargePeriodEnd": end,
            "ListCost": listed,
            "BilledCost": billed,
            "BillingCurrency": "USD",
            "ChargeCategory": kind,
            "Tags": json.dumps(tags),
        }
    if export == "CUR 2.0":
        spelt = {f"user_{key.replace('.', '_').replace('/', '_')}": tags[key] for key in tags}
        return {
            "line_item_usage_start_date": "2026-11-01 00:00:00.000",
            "line_item_usage_end_date": "2026-11-03 00:00:00.000",
            "pricing_public_on_demand_cost": listed,
            "line_item_unblended_cost": billed,
            "line_item_currency_code": "USD",
            "line_item_line_item_type": kind,
            "resource_tags": json.dumps(spelt),
        }
    return {
        "lineItem/UsageStartDate": start,
        "lineItem/UsageEndDate": end,
        "pricing/publicOnDemandCost": listed,
        "lineItem/UnblendedCost": billed,
        "lineItem/CurrencyCode": "USD",
        "lineItem/LineItemType": kind,
        **{f"resourceTags/user:{key}": tags.get(key, "") for key in TAGS},
    }


def _text(export: str = "FOCUS", **changed: str) -> str:
    rows = [_row(kind, export, *rest) | changed for kind, *rest in LINES]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    return tmp_path / "bill.csv"


@pytest.mark.parametrize("export", FORMATS)
def test_usage_with_the_tags_of_the_stack_is_a_month_at_that_pace(export: str, bill: Path) -> None:
    bill.write_text(_text(export))
    found = month([bill], OURS)
    assert found.value == 2.5 * 730
    assert found.source == "2 lines of 48 hours, $120.00 at list prices, $84.00 billed"


def test_a_gzipped_export_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "bill.csv.gz"
    file.write_bytes(gzip.compress(_text().encode()))
    assert month([file], OURS).value == 2.5 * 730


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"Tags": "{}"}, "turn slipway.dev/stack and slipway.dev/project on"),
        ({"BillingCurrency": "EUR"}, "billed in EUR"),
        ({"ChargePeriodEnd": "2026-11-01T05:00:00Z"}, "5 hours are billed"),
        ({"ListCost": ""}, "2 lines have no list price"),
    ],
)
def test_a_bill_that_tells_no_month_says_why(changed: dict[str, str], why: str, bill: Path) -> None:
    bill.write_text(_text(**changed))
    found = month([bill], OURS)
    assert found.value is None
    assert why in (found.why_not or "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "columns of an export that is known"),
        (_text(BilledCost="twelve"), "line 2 is not what FOCUS says"),
        (_text(Tags="[]"), "line 2 is not what FOCUS says"),
    ],
)
def test_what_is_no_export_is_refused(text: str, why: str, bill: Path) -> None:
    bill.write_text(text)
    with pytest.raises(ExportError, match=why):
        month([bill], OURS)
