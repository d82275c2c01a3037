"""kill -9 of the real `pulumi` and plugin at calls of the API: `recover` and one run converge."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.hf_api import FakeApi
from tests.support.hf_kill_engine import killed_run
from tests.support.hf_stack import endpoint_of, hf_stack
from tests.support.killed_run import recover
from tests.support.pulumi_stack import PulumiStack

SPEC: dict[str, Any] = {"domain": "chat.example.com", "scaling": {}}
# Calls: list, POST, looks; a replacement ends with DELETE, PUT of the domain and looks. A call
# that is answered 404 has no moment after it.
_CALLS = {
    ("create", "before"): 4,
    ("create", "after"): 4,
    ("replace", "before"): 11,
    ("replace", "after"): 8,
    ("delete", "before"): 3,
    ("delete", "after"): 2,
}
_SAMPLE = {("create", 1, "after"), ("replace", 1, "after"), ("delete", 1, "before")}
_ALL = [
    (kind, number, moment) for (kind, moment), count in _CALLS.items() for number in range(count)
]
_CASES = [pytest.param(*case, marks=() if case in _SAMPLE else pytest.mark.chaos) for case in _ALL]


@pytest.mark.parametrize(("kind", "number", "moment"), _CASES)
def test_a_run_killed_at_a_call_converges(
    api: FakeApi, kind: str, number: int, moment: Any
) -> None:
    with hf_stack(api, chat=SPEC) as stack:
        command = _begin(stack, kind)
        struck = killed_run(api, stack, command, number, moment)
        assert struck, f"{kind} makes fewer than {number + 1} calls"
        recover(stack)
        stack.up() if command == "up" else stack.destroy()
        assert len(api.names()) == (1 if command == "up" else 0)
        if command == "up":
            assert stack.preview().operations == {}
            assert stack.outputs()["chat"]["name"] == api.names()[0]
            assert api.raw(api.names()[0])["route"]["domain"] == "chat.example.com"
            stack.destroy()
        assert api.names() == []
        assert api.billed() == []


def test_recovery_names_what_is_lost_and_deletes_it_on_demand(api: FakeApi) -> None:
    with hf_stack(api, chat=SPEC) as stack:
        command = _begin(stack, "replace")
        assert killed_run(api, stack, command, 1, "after") is not None
        lost = next(name for name in api.names() if name != "chat")
        told = recover(stack)
        assert f"acme/{lost} was made by a killed run and costs money" in told
        assert lost in api.names()
        recover(stack, "--delete-lost")
        assert api.names() == ["chat"]


def test_recovery_finds_the_endpoint_of_a_first_up_where_the_stack_file_says(
    api: FakeApi,
) -> None:
    with hf_stack(api, chat=SPEC) as stack:
        stack.config["slipway:huggingFace"] = {"namespace": "acme"}
        assert killed_run(api, stack, "up", 1, "after") is not None
        assert "acme/chat was made by a killed run" in recover(stack)
        recover(stack, "--delete-lost")
        assert api.names() == []


def _begin(stack: PulumiStack, kind: str) -> str:
    """Bring the stack to where the killed run begins; the command to kill."""
    if kind == "create":
        return "up"
    stack.up()
    if kind == "replace":
        endpoint_of(stack, "chat")["region"] = "eu-west-1"
        return "up"
    return "destroy"
