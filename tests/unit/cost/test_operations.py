"""Every operation of the engine counts as it should, and once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planning.cost import PreviewError, read_preview
from planning.cost.operations import OPERATIONS
from tests.support.cost_previews import ENDPOINT, endpoint, estimate_of, estimated, recorded, step

ONE, TWO = Decimal("584.00"), Decimal("1168.00")
NOTHING = Decimal(0)
COUNTED = {
    "same": (ONE, TWO),
    "update": (ONE, TWO),
    "create": (NOTHING, TWO),
    "delete": (ONE, NOTHING),
    "replace": (ONE, TWO),
    "create-replacement": (ONE, TWO),
    "delete-replaced": (ONE, TWO),
    "import": (ONE, TWO),
    "import-replacement": (ONE, TWO),
    "refresh": (ONE, TWO),
    "read": (NOTHING, NOTHING),
    "read-replacement": (NOTHING, NOTHING),
    "discard": (NOTHING, NOTHING),
    "discard-replaced": (NOTHING, NOTHING),
    "remove-pending-replace": (NOTHING, NOTHING),
}


def test_the_engine_has_fifteen_operations_and_each_is_classified() -> None:
    assert set(OPERATIONS) == set(COUNTED)
    assert len(COUNTED) == 15


@pytest.mark.parametrize("op", COUNTED)
def test_an_operation_counts_the_states_that_cost_something(op: str) -> None:
    found = estimated(step(op, ENDPOINT, old=endpoint(1, 1), new=endpoint(2, 2)))
    assert (found.total_before.maximum, found.total.maximum) == COUNTED[op]


def test_what_is_imported_is_billed_already() -> None:
    assert estimated(step("import", ENDPOINT, new=endpoint(1, 1))).change("maximum") == 0


def test_a_replacement_counts_once_with_and_without_its_steps() -> None:
    inputs = {"old": endpoint(1, 1), "new": endpoint(2, 2)}
    logical = step("replace", ENDPOINT, **inputs)
    parts = [
        step("create-replacement", ENDPOINT, **inputs),
        step("delete-replaced", ENDPOINT, old=inputs["old"]),
    ]
    assert estimated(parts[0], logical, parts[1]) == estimated(logical)
    assert estimate_of(recorded("small-replace-steps")) == estimate_of(recorded("small-replace"))


def test_an_operation_that_no_engine_has_is_refused() -> None:
    with pytest.raises(PreviewError, match="no engine has"):
        estimated(step("transmogrify", ENDPOINT, new=endpoint(1, 1)))


def test_a_preview_that_hides_unchanged_resources_is_refused() -> None:
    with pytest.raises(PreviewError, match="12 unchanged resources are not shown"):
        read_preview(recorded("small-hidden"))


def test_a_preview_of_a_program_that_failed_is_refused() -> None:
    with pytest.raises(PreviewError, match="the program failed"):
        read_preview('{"steps": [], "diagnostics": [{"severity": "error", "message": "no"}]}')


@pytest.mark.parametrize("text", ["", "[]", '{"type": "prelude"}', '{"a": 1}\n{"b": 2}'])
def test_what_is_no_preview_is_refused(text: str) -> None:
    with pytest.raises(PreviewError, match="--show-sames"):
        read_preview(text)
