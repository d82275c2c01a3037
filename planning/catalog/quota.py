"""Which service quota the vCPUs of an instance type count against."""

from __future__ import annotations

import re

from planning.catalog.load import Catalog
from planning.catalog.rows.hardware import QuotaRow

_FAMILY = re.compile(r"(?P<letters>[a-z]+)(?P<generation>\d*)")


def quota_of(catalog: Catalog, instance_type: str) -> QuotaRow | None:
    """The row of any type of EC2, in the catalog or not; None for a family without a row."""
    names = _names(instance_type)
    rows = catalog.quotas.values()
    return next((row for row in rows if names & set(row.value.families)), None)


def spot_code_of(row: QuotaRow, instance_type: str) -> str | None:
    """The code of the spot quota of a type that `row` is about; None where it is not known."""
    names = _names(instance_type)
    spot = row.value.spot.items()
    return next((code for code, families in spot if names & set(families)), None)


def _names(instance_type: str) -> set[str]:
    """`p5en.48xlarge` is of the families p and p5."""
    found = _FAMILY.match(instance_type)
    return {found["letters"], found["letters"] + found["generation"]} if found else set()
