"""The first broken link of a stack of this machine is the one that others hang on."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from operations.local_smoke import first_broken
from providers.local.run_directory import RunDirectory
from tests.support.free_port import free_port


@pytest.fixture
def run(tmp_path: Path) -> Generator[RunDirectory]:
    made = RunDirectory(tmp_path)
    made.prepare()
    yield made
    made.remove()


def test_without_supervisord_nothing_else_is_looked_at(run: RunDirectory) -> None:
    assert _name(run, free_port()) == "supervisord: it does not run"


def test_a_stack_without_a_replica_in_service_says_so(run: RunDirectory) -> None:
    run.supervisor_socket.touch()
    assert _name(run, free_port()) == "replicas: none is in service"


def test_a_replica_that_is_not_ready_is_named_with_its_log(run: RunDirectory) -> None:
    run.supervisor_socket.touch()
    (run.endpoints / "replica-0").write_text(str(run.sockets / "replica-0.sock"))
    broken = first_broken(f"http://127.0.0.1:{free_port()}/v1", run)
    assert broken == ("replica replica-0: not ready", f"read {run.logs}/replica-0.log")


def test_a_gateway_that_refuses_is_the_last_link(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.supervisor_socket.touch()
    (run.endpoints / "replica-0").touch()
    monkeypatch.setattr("providers.local.unix_http.answers", lambda *_: True)
    assert _name(run, free_port()) == "gateway: Connection refused"
    with closing(socket.create_server(("127.0.0.1", 0))) as gateway:
        assert _name(run, gateway.getsockname()[1]) is None


def _name(run: RunDirectory, port: int) -> str | None:
    broken = first_broken(f"http://127.0.0.1:{port}/v1", run)
    return broken[0] if broken else None
