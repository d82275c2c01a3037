"""Prices of the catalog are those that others have published, to the last digit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.catalog import load_catalog

_FOLDER = Path(__file__).parents[2] / "data" / "prices"
_TABLES: dict[str, dict[str, Any]] = {
    file.stem: yaml.safe_load(file.read_text()) for file in sorted(_FOLDER.glob("*.yaml"))
}
_CUT_IN_JUNE_2025 = {"p4d.24xlarge", "p4de.24xlarge", "p5.48xlarge", "p5en.48xlarge"}
"""AWS made these cheaper after the older table was published."""


def _published(table: str) -> dict[str, Decimal]:
    older = table.startswith("ec2instances")
    return {
        name: Decimal(usd)
        for name, usd in _TABLES[table]["usd_per_hour"].items()
        if not (older and name in _CUT_IN_JUNE_2025)
    }


@pytest.mark.parametrize("table", _TABLES)
def test_a_published_price_is_the_catalogs(table: str) -> None:
    catalog = load_catalog()
    published = _published(table)
    ours = {name: catalog.prices[f"us-east-1/{name}"].value.usd_per_hour for name in published}
    assert ours == published


def test_the_tables_have_enough_prices_for_this_to_mean_something() -> None:
    instances = load_catalog().instances
    names = {name for table in _TABLES for name in _published(table)}
    assert len(names) == 98
    assert len([name for name in names if instances[name].value.gpu is not None]) == 40


@pytest.mark.parametrize("name", sorted(_CUT_IN_JUNE_2025))
def test_what_the_older_table_has_before_the_cut_was_dearer(name: str) -> None:
    older = Decimal(_TABLES["ec2instances-2025-05-28"]["usd_per_hour"][name])
    assert older > load_catalog().prices[f"us-east-1/{name}"].value.usd_per_hour
