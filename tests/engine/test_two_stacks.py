"""Two stacks side by side on one machine, and what a destroyed one leaves."""

from __future__ import annotations

from tests.support.ask import ask
from tests.support.paced_stack import paced_stack, traces
from tests.support.pulumi_stack import PulumiStack


def test_destroying_one_stack_leaves_nothing_of_it_and_the_other_serving(
    stack: PulumiStack,
) -> None:
    stack.settle()
    first = stack.outputs()
    with paced_stack(replicas=1) as other:
        other.up()
        second = other.outputs()
        assert [ask(first).status_code, ask(second).status_code] == [200, 200]
        foreign = {**second, "keys": first["keys"]}
        assert ask(foreign).status_code == 401, "a key opens its own stack alone"
        other.destroy()
        assert traces(other) == []
    assert ask(first).status_code == 200
    assert stack.up().operations == {}
