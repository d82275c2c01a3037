"""transformers counts as many parameters as the planner reads from each catalog row."""

from __future__ import annotations

from planning.catalog import load_catalog
from tests.support.count_parameters import count_all, recorded


def test_transformers_on_the_meta_device_counts_the_same_for_every_row() -> None:
    live = count_all()["counts"]
    ours = {row.id: row.value.architecture.parameters for row in load_catalog().models.values()}
    assert live == ours
    assert live == recorded(), "run python -m tests.support.count_parameters"
