"""What is found before anything starts."""

from __future__ import annotations

import dataclasses
import os
import socket
from pathlib import Path

from components.specs import GatewaySpec, TlsSpec
from operations.local_gateway import gateway_problems
from operations.ports import listeners
from providers.local.run_directory import RunDirectory
from tests.support.free_port import free_port


def test_a_free_port_is_no_problem(tmp_path: Path) -> None:
    assert gateway_problems(_gateway(free_port()), RunDirectory(tmp_path)) == ()


def test_a_taken_port_is_a_problem_that_names_the_program_and_a_fix(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (problem,) = gateway_problems(_gateway(port), RunDirectory(tmp_path))
        assert [found.pid for found in listeners(port)] == [os.getpid()]
    assert problem.path == "slipway:access.port"
    assert f"(pid {os.getpid()})" in problem.got
    assert problem.fixes[0].startswith("pulumi config set --path slipway:access.port ")


def test_an_address_of_another_machine_is_a_problem(tmp_path: Path) -> None:
    gateway = dataclasses.replace(_gateway(free_port()), host="192.0.2.1")
    (problem,) = gateway_problems(gateway, RunDirectory(tmp_path))
    assert problem.path == "slipway:access.host"
    assert "192.0.2.1: EADDRNOTAVAIL" in problem.got


def test_a_missing_certificate_is_a_problem_of_its_own_key(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("key")
    tls = TlsSpec(certificate=str(tmp_path / "none.pem"), private_key=str(key))
    gateway = dataclasses.replace(_gateway(free_port()), tls=tls)
    problems = gateway_problems(gateway, RunDirectory(tmp_path))
    assert [problem.path for problem in problems] == ["slipway:access.tls.certificate"]


def _gateway(port: int) -> GatewaySpec:
    return GatewaySpec(
        host="127.0.0.1",
        port=port,
        tls=None,
        keys=(),
        requests_per_minute=None,
        max_connections=10,
        max_streams=10,
        request_timeout_seconds=1.0,
        max_request_bytes=1024,
        drain_seconds=1.0,
    )
