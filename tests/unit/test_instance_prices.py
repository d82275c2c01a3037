"""Prices of instances, as AWS's price list tells them, become rows."""

from __future__ import annotations

import datetime
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import boto3
import pytest

from operations.preflight.asking import NoAnswerError
from operations.preflight.aws.account import AwsAccount
from operations.prices import FILE, run
from operations.table_check import DIFFERENT, NOT_CHECKED
from planning.catalog.rows.hardware import PriceRow
from planning.catalog.tables import read_table

Answer = TypeVar("Answer")
_DAY = datetime.date(2026, 12, 1)
_ROWS = read_table(FILE, PriceRow)


class _Account:
    """botocore itself checks questions and answers against the price list's own model."""

    def __init__(self, products: list[Any], refuses: bool = False) -> None:
        self.client: Any = cast("Any", boto3).client(
            "pricing", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
        )
        stub: Any = cast("Any", importlib.import_module("botocore.stub")).Stubber(self.client)
        stub.add_response("get_products", {"PriceList": [json.dumps(one) for one in products]})
        stub.activate()
        self.refuses = refuses

    def pricing(self) -> Any:
        return self.client

    def ask(self, call: Callable[[], Answer], action: str) -> Answer:
        if self.refuses:
            raise NoAnswerError("denied", f"{action} is not allowed")
        return call()


def _product(instance: str, usd: str) -> Any:
    dimensions = {
        "one": {"unit": "Hrs", "pricePerUnit": {"USD": usd}},
        # Reservations and capacity blocks list an hour of nothing.
        "free": {"unit": "Hrs", "pricePerUnit": {"USD": "0.0000000000"}},
    }
    return {
        "product": {"attributes": {"instanceType": instance}},
        "terms": {"OnDemand": {"sku": {"priceDimensions": dimensions}}},
    }


def _as_listed() -> list[Any]:
    return [
        _product(row.value.instance, f"{row.value.usd_per_hour:.10f}") for row in _ROWS.values()
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    copy = tmp_path / "aws_ec2.yaml"
    copy.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def _run(file: Path, products: list[Any], *, write: bool = False, refuses: bool = False) -> int:
    account = cast("AwsAccount", _Account(products, refuses))
    return run(write=write, say=lambda _: None, file=file, account=account, today=_DAY)


def test_equal_prices_are_no_change(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(file, _as_listed()) == 0
    assert capsys.readouterr().out == ""


def test_what_differs_is_said_with_its_share_and_nothing_is_written_unasked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    products = [one for one in _as_listed() if "g6.xlarge" not in json.dumps(one)]
    products[0] = _product("c5.large", "0.1020000000")
    before = file.read_text(encoding="utf-8")
    assert _run(file, products) == DIFFERENT
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "~ us-east-1/c5.large: 0.085 -> 0.102 (+20.0%)"
    assert "- us-east-1/g6.xlarge: 0.8048 -> no price on demand is listed" in lines
    assert len(lines) == 2
    assert file.read_text(encoding="utf-8") == before


def test_written_rows_have_the_prices_the_source_and_the_day(file: Path) -> None:
    products = [one for one in _as_listed() if "g6.xlarge" not in json.dumps(one)]
    products[0] = _product("c5.large", "12.0000000000")
    assert _run(file, products, write=True) == 0
    rows = read_table(file, PriceRow)
    assert rows.keys() == _ROWS.keys() - {"us-east-1/g6.xlarge"}
    assert str(rows["us-east-1/c5.large"].value.usd_per_hour) == "12"
    same = rows["us-east-1/p4d.24xlarge"]
    assert same.value == _ROWS["us-east-1/p4d.24xlarge"].value
    assert (same.date, same.source) == (_DAY, "AWS Price List, GetProducts of AmazonEC2")


def test_two_prices_of_one_instance_are_no_answer(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(file, [*_as_listed(), _product("c5.large", "9")], write=True) == NOT_CHECKED
    assert "us-east-1/c5.large has two prices: 0.085 and 9" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")


def test_no_answer_is_no_change(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(file, [], write=True, refuses=True) == NOT_CHECKED
    assert "pricing:GetProducts is not allowed" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
