"""What holds for every range."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.catalog import load_catalog
from planning.cost import Resource, estimate, read_preview
from planning.cost.report.build import cost_document
from planning.cost.report.document import CostDocument, Range
from tests.support.cost_previews import (
    ENDPOINT,
    GROUP,
    TODAY,
    endpoint,
    estimated,
    group,
    preview_text,
    step,
    urn,
)

TYPES = st.lists(
    st.sampled_from(sorted({row.value.instance for row in load_catalog().prices.values()})),
    min_size=1,
    max_size=4,
)
COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: (min(two), max(two)))
MORE = st.integers(0, 50)
HARDWARE = st.sampled_from(sorted(load_catalog().hf_hardware))
Inputs = tuple[str, dict[str, Any]]
Stack = dict[str, Inputs]


def _group(types: list[str], counts: tuple[int, int], capacity: str) -> Inputs:
    return GROUP, group(types, *counts, capacityType=capacity)


def _endpoint(hardware: str, counts: tuple[int, int]) -> Inputs:
    return ENDPOINT, endpoint(*counts, hardware)


_OTHERS: list[Inputs] = [("aws:rds/instance:Instance", {}), ("aws:iam/role:Role", {})]
"""Without a price, and free."""
INPUTS = (
    st.builds(_group, TYPES, COUNTS, st.sampled_from(["SPOT", "ON_DEMAND"]))
    | st.builds(_endpoint, HARDWARE, COUNTS)
    | st.sampled_from(_OTHERS)
)
STACKS = st.dictionaries(st.sampled_from("abcde"), INPUTS, max_size=5)


def _most(kind: str, inputs: dict[str, Any]) -> Any:
    found = estimated(step("create", kind, new=inputs)).after[urn(kind)].counted
    assert 0 <= (found.minimum or 0) <= found.maximum
    if found.expected is not None:
        assert (found.minimum or 0) <= found.expected <= found.maximum
    return found.maximum


@given(
    types=TYPES,
    counts=COUNTS,
    more=MORE,
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
    hardware=HARDWARE,
    counts=COUNTS,
    more=MORE,
)
@settings(max_examples=150, deadline=None)
def test_more_replicas_of_an_endpoint_are_never_cheaper_at_most(
    hardware: str, counts: tuple[int, int], more: int
) -> None:
    low, high = counts
    some = _most(ENDPOINT, endpoint(low, high, hardware))
    assert _most(ENDPOINT, endpoint(low, high + more, hardware)) >= some


def _resources(stack: Stack) -> tuple[Resource, ...]:
    steps = (step("create", kind, name, new=made) for name, (kind, made) in stack.items())
    return read_preview(preview_text(steps)).after


def _document(base: Stack, head: Stack) -> CostDocument:
    found = estimate(_resources(base), _resources(head), load_catalog(), TODAY)
    return cost_document(found, {}, "dev", datetime.date.fromisoformat(TODAY))


def _figures(of: Range) -> tuple[Decimal | None, ...]:
    """Exact cents: sums of floats would miss by a hair."""
    figures = (of.min, of.expected, of.max)
    return tuple(None if one is None else Decimal(str(one)) for one in figures)


@given(head=STACKS)
@settings(max_examples=100, deadline=None)
def test_lines_come_to_the_totals_to_the_cent(head: Stack) -> None:
    made = _document({}, head)
    lines = [_figures(one.monthly_usd) for one in made.resources if one.monthly_usd]
    assume(lines)
    for bound, total in enumerate(_figures(made.totals.monthly_usd)):
        known = [figure for line in lines if (figure := line[bound]) is not None]
        assert all(figure == round(figure, 2) for figure in known)
        assert total == (sum(known) if len(known) == len(lines) else None)


@given(base=STACKS, head=STACKS)
@settings(max_examples=100, deadline=None)
def test_the_way_back_is_the_change_with_the_other_sign(base: Stack, head: Stack) -> None:
    ahead, back = _document(base, head), _document(head, base)
    assert ahead.totals.before == back.totals.monthly_usd
    turned = tuple(None if one is None else -one for one in _figures(back.totals.change))
    assert _figures(ahead.totals.change) == turned
