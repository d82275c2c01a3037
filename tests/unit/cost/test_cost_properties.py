"""What holds for every range."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.catalog import load_catalog
from tests.support.cost_previews import ENDPOINT, GROUP, endpoint, estimated, group, step, urn

TYPES = st.lists(
    st.sampled_from(sorted({row.value.instance for row in load_catalog().prices.values()})),
    min_size=1,
    max_size=4,
)
COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: (min(two), max(two)))
MORE = st.integers(0, 50)
HARDWARE = st.sampled_from(sorted(load_catalog().hf_hardware))


def _most(kind: str, inputs: dict[str, Any]) -> Any:
    found = estimated(step("create", kind, new=inputs)).after[urn(kind)].counted
    assert 0 <= (found.minimum or 0) <= found.maximum
    if found.expected is not None:
        assert (found.minimum or 0) <= found.expected <= found.maximum
    return found.maximum


@given(
    types=TYPES,
    counts=COUNTS,
    more=st.integers(0, 50),
    capacity=st.sampled_from(["SPOT", "ON_DEMAND"]),
)
@settings(max_examples=150, deadline=None)
def test_more_nodes_are_never_cheaper_at_most_and_no_range_is_inverted(
    types: list[str], counts: tuple[int, int], more: int, capacity: str
) -> None:
    low, high = counts
    some = _most(GROUP, group(types, low, high, capacityType=capacity))
    assert _most(GROUP, group(types, low, high + more, capacityType=capacity)) >= some


@given(
    hardware=st.sampled_from(sorted(load_catalog().hf_hardware)),
    counts=COUNTS,
    more=st.integers(0, 50),
)
@settings(max_examples=150, deadline=None)
def test_more_replicas_of_an_endpoint_are_never_cheaper_at_most(
    hardware: str, counts: tuple[int, int], more: int
) -> None:
    low, high = counts
    some = _most(ENDPOINT, endpoint(low, high, hardware))
    assert _most(ENDPOINT, endpoint(low, high + more, hardware)) >= some
