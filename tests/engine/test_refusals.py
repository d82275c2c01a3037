"""What cannot work is refused before anything starts, with the fix and without a traceback."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator

import pytest

from tests.support.dev_stack import dev_stack
from tests.support.paced_stack import traces
from tests.support.pulumi_stack import Outcome, PulumiStack


@pytest.fixture(scope="module")
def project() -> Generator[PulumiStack]:
    with dev_stack() as stack:
        yield stack


def test_a_taken_port_is_named_with_its_owner_and_a_free_one(project: PulumiStack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = _refused(project, {"access": {"port": port}})
    assert f"slipway:access.port  [port-taken]\n      got      {port}, which is taken by" in text
    assert f"(pid {os.getpid()})" in text
    assert "pulumi config set --path slipway:access.port " in text


def test_all_mistakes_of_a_stack_file_come_at_once(project: PulumiStack) -> None:
    wrong = {"scaling": {"replica": 2}, "acess": {"port": 8080}}
    text = _refused(project, wrong)
    assert "slipway:scaling.replica" in text
    assert "slipway:acess" in text and "slipway:access" in text


def test_a_key_from_an_unset_variable_is_named(project: PulumiStack) -> None:
    text = _refused(project, {"access": {"keys": [{"name": "ci", "from": "env:SLIPWAY_NO_KEY"}]}})
    assert "env:SLIPWAY_NO_KEY, which is not set" in text


def test_a_certificate_that_is_not_there_is_named(project: PulumiStack) -> None:
    tls = {"certificate": "no/such.crt", "privateKey": "no/such.key"}
    text = _refused(project, {"access": {"tls": tls}})
    assert "slipway:access.tls.certificate" in text and "no/such.crt" in text


def _refused(project: PulumiStack, sections: dict[str, object]) -> str:
    """Output of an `up` that must fail; nothing was registered, nothing started."""
    config = dict(project.config)
    project.config.update({f"slipway:{name}": value for name, value in sections.items()})
    try:
        outcome: Outcome = project.up(check=False)
    finally:
        project.config = config
    assert outcome.code != 0
    assert "Traceback" not in outcome.text
    assert [name for name in outcome.operations if name.startswith("serving")] == []
    assert [trace for trace in traces(project) if "process" in trace] == []
    return outcome.text
