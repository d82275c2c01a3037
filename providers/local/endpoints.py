"""Which processes get requests: replicas register theirs, the gateway reads the list."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from components.gateway import endpoints_file
from providers.local.envoy import Envoy
from providers.local.files import locked, write_atomically
from providers.local.run_directory import RunDirectory
from providers.plugin.session import Session

_HEALTHY_SECONDS = 30.0


def everyone(run: RunDirectory) -> list[str]:
    """The programs on the gateway's list."""
    return sorted(file.name for file in run.endpoints.iterdir() if file.name[0] != ".")


def registered(run: RunDirectory, program: str) -> bool:
    """Whether `program` is on the gateway's list."""
    return (run.endpoints / program).exists()


def register(run: RunDirectory, program: str, socket: Path, session: Session) -> None:
    """Put `program` on the list; returns once the gateway, if one runs, sends requests to it."""
    with locked(run.path / "endpoints.lock"):
        write_atomically(run.endpoints / program, str(socket))
        _publish(run, session)
    envoy = Envoy(run)
    if envoy.ready():
        session.wait(
            lambda: str(socket) in envoy.serving(),
            seconds=_HEALTHY_SECONDS,
            what=f"the gateway to find {program} healthy",
        )


def unregister(run: RunDirectory, programs: Iterable[str], session: Session) -> None:
    """Take `programs` off the list; returns once they get no new request. Absent is fine."""
    gone = [program for program in programs if registered(run, program)]
    if not gone:
        return
    with locked(run.path / "endpoints.lock"):
        for program in gone:
            (run.endpoints / program).unlink(missing_ok=True)
        _publish(run, session)


def wait_until_served(run: RunDirectory, session: Session) -> None:
    """Return once the gateway sends requests to at least one program of the list."""
    listed = {(run.endpoints / program).read_text() for program in everyone(run)}
    session.wait(
        lambda: not listed.isdisjoint(Envoy(run).serving()),
        seconds=_HEALTHY_SECONDS,
        what="the gateway to find a replica healthy",
    )


def _publish(run: RunDirectory, session: Session) -> None:
    sockets = [(run.endpoints / program).read_text() for program in everyone(run)]
    content = endpoints_file(sockets)
    envoy = Envoy(run)
    if envoy.ready():
        envoy.give("endpoints.json", content, session)
    else:
        write_atomically(run.gateway / "endpoints.json", content)
