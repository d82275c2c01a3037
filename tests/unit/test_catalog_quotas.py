"""Quota rows cover every instance, and what no source tells stays unknown."""

from __future__ import annotations

import pytest

from planning.catalog import load_catalog
from planning.catalog.quota import quota_of, spot_code_of


def test_the_families_of_a_quota_agree_with_every_instance_row() -> None:
    catalog = load_catalog()
    for name, row in catalog.instances.items():
        found = quota_of(catalog, name)
        assert (name, found and found.id) == (name, row.value.quota)


@pytest.mark.parametrize(
    ("instance", "quota"),
    [
        ("gr6.4xlarge", "G"),
        ("g6f.large", "G"),
        ("vt1.3xlarge", "G"),
        ("inf2.xlarge", "Inf"),
        ("im4gn.large", "Standard"),
        ("trn2.48xlarge", "Trn"),
        ("t3.micro", "Standard"),
        ("hpc7a.96xlarge", "HPC"),
        ("u-6tb1.metal", "HighMemory"),
        ("u7i-12tb.224xlarge", "HighMemory"),
        ("dl1.24xlarge", "DL"),
    ],
)
def test_a_family_is_not_taken_for_another_with_the_same_first_letter(
    instance: str, quota: str
) -> None:
    row = quota_of(load_catalog(), instance)
    assert row is not None
    assert row.id == quota


@pytest.mark.parametrize("instance", ["mac2.metal", "zz9.large", "", "48xlarge"])
def test_a_family_without_a_row_has_no_quota(instance: str) -> None:
    assert quota_of(load_catalog(), instance) is None


@pytest.mark.parametrize(
    ("instance", "code"),
    [
        ("g6.xlarge", "L-3819A6DF"),
        ("m5.large", "L-34B43A08"),
        ("p4de.24xlarge", "L-7212CCBC"),
        ("p5en.48xlarge", "L-C4BD4855"),
        ("p6-b200.48xlarge", None),
        ("inf2.xlarge", None),
    ],
)
def test_spot_instances_count_against_a_quota_of_their_generation_or_an_unknown_one(
    instance: str, code: str | None
) -> None:
    row = quota_of(load_catalog(), instance)
    assert row is not None
    assert spot_code_of(row, instance) == code
