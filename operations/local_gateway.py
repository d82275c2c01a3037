"""What would make the gateway fail, found before anything starts."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

from components.specs import GatewaySpec
from operations.ports import Listener, listeners
from planning.problems import Problem
from providers.local import processes
from providers.local.run_directory import RunDirectory


def gateway_problems(gateway: GatewaySpec, run: RunDirectory) -> tuple[Problem, ...]:
    """The port must be free (or this stack's own), the user's certificate readable."""
    return (*_port_problems(gateway, run), *_certificate_problems(gateway))


def _port_problems(gateway: GatewaySpec, run: RunDirectory) -> list[Problem]:
    refused = _bind(gateway.host, gateway.port)
    if refused is None:
        return []
    if refused == errno.EADDRINUSE:
        found = listeners(gateway.port)
        own = set(processes.of_stack(run))
        others = [listener for listener in found if listener.pid not in own]
        if found and not others:
            return []
        return [_taken(gateway.port, others)]
    if refused == errno.EACCES:
        allowed = "a port from 1024 up, or one that this user may open"
        fixes = (f"pulumi config set --path slipway:access.port {gateway.port % 1000 + 8000}",)
        return [_port(gateway.port, "port-forbidden", "which only root may open", allowed, fixes)]
    return [
        Problem(
            path="slipway:access.host",
            code="address-unusable",
            got=f"{gateway.host}: {errno.errorcode.get(refused, refused)}",
            allowed="an address of this machine",
            fixes=("pulumi config set --path slipway:access.host 127.0.0.1",),
        )
    ]


def _taken(port: int, others: list[Listener]) -> Problem:
    names = ", ".join(
        f"{listener.program or 'a program'} (pid {listener.pid})"
        if listener.pid
        else "a program of another user"
        for listener in others
    )
    free = _free_port_after(port)
    fixes = (f"pulumi config set --path slipway:access.port {free}", "or end that program")
    got = f"which is taken by {names or 'a program that just ended'}"
    return _port(port, "port-taken", got, "a free port", fixes)


def _port(port: int, code: str, got: str, allowed: str, fixes: tuple[str, ...]) -> Problem:
    return Problem(
        path="slipway:access.port", code=code, got=f"{port}, {got}", allowed=allowed, fixes=fixes
    )


def _free_port_after(port: int) -> int:
    later = (number for number in range(port + 1, port + 200) if number < 65536)
    return next((number for number in later if _bind("127.0.0.1", number) is None), 0)


def _bind(host: str, port: int) -> int | None:
    """The error number of listening on the address; None where it works."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            return error.errno
    return None


def _certificate_problems(gateway: GatewaySpec) -> list[Problem]:
    if gateway.tls is None or gateway.tls.certificate is None:
        return []
    paths = {"certificate": gateway.tls.certificate, "privateKey": gateway.tls.private_key}
    return [
        Problem(
            path=f"slipway:access.tls.{field}",
            code="file-unreadable",
            got=str(path),
            allowed="a PEM file that this user may read",
            fixes=("correct the path (relative paths start at the project's folder)",),
        )
        for field, path in paths.items()
        if path is None or not _readable(Path(path))
    ]


def _readable(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False
