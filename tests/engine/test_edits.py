"""Each edit makes the smallest change; no edit makes none."""

from __future__ import annotations

import pytest

from tests.support.ask import ask
from tests.support.free_port import free_port
from tests.support.paced_stack import spec_of
from tests.support.pulumi_stack import PulumiStack


def test_a_second_up_changes_nothing(stack: PulumiStack) -> None:
    stack.settle()
    assert stack.up().operations == {}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"requestsPerMinute": 6000, "port": free_port()}, {"paced-gateway": "update"}),
        (
            {"keys": ["default", "second"]},
            {"paced-key-second": "create", "paced-gateway": "update"},
        ),
        ({"keys": ["default"]}, {"paced-key-second": "delete", "paced-gateway": "update"}),
    ],
    ids=["limit and port", "key added", "key removed"],
)
def test_an_edit_of_access_touches_the_gateway_alone(
    stack: PulumiStack, edit: dict[str, object], expected: dict[str, str]
) -> None:
    stack.settle()
    spec_of(stack).update(edit)
    assert stack.up().operations == expected
    outputs = stack.outputs()
    assert [ask(outputs, key=key).status_code for key in outputs["keys"]] == [200] * len(
        outputs["keys"]
    )


def test_a_preview_names_the_changed_property_and_starts_nothing(stack: PulumiStack) -> None:
    stack.settle()
    spec_of(stack)["requestsPerMinute"] = 6000
    stack.settle()
    spec_of(stack)["requestsPerMinute"] = 5000
    shown = stack.preview("--diff")
    spec_of(stack)["requestsPerMinute"] = 6000
    assert shown.operations == {"paced-gateway": "update"}
    assert "requestsPerMinute: 6000 => 5000" in shown.text
