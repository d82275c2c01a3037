"""On-demand prices of instances, by AWS's price list: `python -m operations prices`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import planning.catalog
from operations.preflight.asking import NoAnswerError, Patience
from operations.preflight.aws.account import AwsAccount
from operations.table_check import compared
from planning.catalog.rows.hardware import PriceRow
from planning.catalog.tables import read_table

FILE = Path(planning.catalog.__file__).parent / "prices" / "aws_ec2.yaml"
SOURCE = "AWS Price List, GetProducts of AmazonEC2"
_HEAD = """\
# AWS EC2, Linux, shared tenancy, on demand, US dollars an hour, of the AWS price list: python -m
# operations prices --write. No row: not known to be sold on demand.
"""
# What a program pays that asks for an instance and nothing else.
_PLAIN = {
    "operatingSystem": "Linux",
    "tenancy": "Shared",
    "preInstalledSw": "NA",
    "capacitystatus": "Used",
    "licenseModel": "No License required",
}
Prices = Mapping[str, Decimal]
"""By a row's id, such as `us-east-1/g6.xlarge`."""


def run(
    *,
    write: bool,
    say: Callable[[str], None],
    file: Path = FILE,
    account: AwsAccount | None = None,
    today: datetime.date | None = None,
) -> int:
    """Prints the changes. Exit codes: 0 the rows are right or were written, 1 they are not, 3 AWS
    gave no answer."""
    old = read_table(file, PriceRow)
    day = today or datetime.datetime.now(datetime.UTC).date()

    def ask() -> Prices:
        regions = dict.fromkeys(row.value.region for row in old.values())
        found: dict[str, Decimal] = {}
        for region in regions:
            say(f"asking AWS for the prices of {region}")
            found |= _listed(account or AwsAccount(Patience()), region)
        return found

    return compared(
        ask,
        lambda new: changes(old, new),
        lambda new: table(old, new, today=day),
        file=file,
        write=write,
        say=say,
    )


def changes(old: Mapping[str, PriceRow], new: Prices) -> Iterator[str]:
    """One line for each price that differs or is gone."""
    for name, row in old.items():
        before, now = row.value.usd_per_hour, new.get(name)
        if now is None:
            yield f"- {name}: {before} -> no price on demand is listed"
        elif now != before:
            yield f"~ {name}: {before} -> {now} ({(now - before) / before:+.1%})"


def table(old: Mapping[str, PriceRow], new: Prices, *, today: datetime.date) -> str:
    """The whole file, a row a line as before; what is no longer listed has none."""
    lines = [_HEAD]
    for name, row in old.items():
        if name in new:
            facts = f"instance: {row.value.instance}, region: {row.value.region}"
            price = f'usd_per_hour: "{new[name]}"'
            lines.append(
                f"- {{id: {name}, value: {{{facts}, {price}}}, "
                f'source: "{SOURCE}", date: {today}}}\n'
            )
    return "".join(lines)


def _listed(account: AwsAccount, region: str) -> Prices:
    """Raises NoAnswerError, also where the list has two prices for one instance."""
    filters = [
        {"Type": "TERM_MATCH", "Field": field, "Value": value}
        for field, value in {**_PLAIN, "regionCode": region}.items()
    ]
    client = account.pricing()

    def call() -> list[Any]:
        pages = client.get_paginator("get_products").paginate(
            ServiceCode="AmazonEC2", Filters=filters
        )
        return [json.loads(text) for page in pages for text in page["PriceList"]]

    found: dict[str, Decimal] = {}
    for product in account.ask(call, "pricing:GetProducts"):
        name = f"{region}/{product['product']['attributes']['instanceType']}"
        for price in _hourly(product):
            if found.setdefault(name, price) != price:
                raise NoAnswerError(
                    "malformed", f"{name} has two prices: {found[name]} and {price}"
                )
    return found


def _hourly(product: Any) -> Iterator[Decimal]:
    for term in product.get("terms", {}).get("OnDemand", {}).values():
        for dimension in term["priceDimensions"].values():
            usd = Decimal(dimension["pricePerUnit"].get("USD", "0"))
            if dimension["unit"] == "Hrs" and usd > 0:
                # 0.0850000000 is written 0.085, and 12 is not written 1.2E+1.
                yield Decimal(f"{usd.normalize():f}")
