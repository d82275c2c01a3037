"""The programs that a stack's supervisord runs."""

from __future__ import annotations

import http.client
import shlex
import xmlrpc.client
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from providers.local.files import write_atomically
from providers.local.run_directory import ROOT, RunDirectory
from providers.local.unix_http import UnixTransport
from providers.plugin.session import OperationError, Session

_STOP_MARGIN_SECONDS = 10.0
_UP = frozenset({"STARTING", "RUNNING", "BACKOFF"})


@dataclass(frozen=True, kw_only=True)
class Program:
    """One supervised process."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    directory: Path = ROOT
    stop_seconds: float
    """How long the process may take to end after SIGTERM before it is killed."""


@dataclass(frozen=True)
class ProgramState:
    state: str
    """supervisord's word: STARTING, RUNNING, BACKOFF, STOPPING, STOPPED, EXITED, FATAL."""
    pid: int

    @property
    def up(self) -> bool:
        """Whether supervisord runs it or is about to; a restart after a crash counts as up."""
        return self.state in _UP


class Programs:
    """Client of one stack's supervisord. Methods raise OSError where it does not answer."""

    def __init__(self, run: RunDirectory) -> None:
        self._run = run

    def reachable(self) -> bool:
        try:
            return self._call("supervisor.getState")["statecode"] == 1
        except (OSError, http.client.HTTPException, xmlrpc.client.Error, OperationError):
            return False

    def states(self) -> dict[str, ProgramState]:
        """State of every program, by name."""
        return {
            info["name"]: ProgramState(info["statename"], info["pid"])
            for info in self._call("supervisor.getAllProcessInfo")
        }

    def ensure(self, program: Program, session: Session) -> None:
        """Run `program`; a program of that name that runs already is adopted as it is."""
        if not self._file(program.name).exists():
            write_atomically(self._file(program.name), _section(program, self._run))
        if program.name in self.states():
            self._wait_while_stopping(program.name, self.longest_stop(), session)
            if not self.states()[program.name].up:
                self._call("supervisor.startProcess", program.name, False)
        else:
            self._call("supervisor.reloadConfig")
            self._call("supervisor.addProcessGroup", program.name)

    def remove(self, name: str, session: Session) -> None:
        """End the program (its own drain included) and forget it; absent is fine."""
        longest = self.longest_stop()
        # First the file: were this run killed now, a restarted supervisord must not start it again.
        self._file(name).unlink(missing_ok=True)
        if name not in self.states():
            return
        if self.states()[name].up:
            self._call("supervisor.stopProcess", name, False)
        self._wait_while_stopping(name, longest, session)
        self._call("supervisor.removeProcessGroup", name)

    def log(self, name: str) -> Path:
        return _log(self._run, name)

    def log_tail(self, name: str, lines: int = 12) -> str:
        """The last lines that the program wrote, for error messages."""
        try:
            text = self.log(name).read_text(errors="replace")
        except OSError:
            return "(no output)"
        return "\n".join(text.splitlines()[-lines:]) or "(no output)"

    def longest_stop(self) -> float:
        """Seconds that supervisord may need to stop everything."""
        marks = [
            float(line.partition("=")[2])
            for file in self._run.programs.glob("*.ini")
            for line in file.read_text().splitlines()
            if line.startswith("stopwaitsecs=")
        ]
        return max(marks, default=0.0) + _STOP_MARGIN_SECONDS

    def supervisor(self) -> int:
        """supervisord's pid."""
        return self._call("supervisor.getPID")

    def shutdown(self) -> None:
        """Begin supervisord's end."""
        self._call("supervisor.shutdown")

    def _wait_while_stopping(self, name: str, seconds: float, session: Session) -> None:
        session.wait(
            lambda: self.states()[name].state != "STOPPING",
            seconds=seconds,
            what=f"{name} to finish its running requests",
        )

    def _file(self, name: str) -> Path:
        return self._run.programs / f"{name}.ini"

    def _call(self, method: str, *arguments: Any) -> Any:
        transport = UnixTransport(self._run.supervisor_socket, timeout=10.0)
        with xmlrpc.client.ServerProxy("http://localhost/RPC2", transport=transport) as server:
            try:
                return getattr(server, method)(*arguments)
            except xmlrpc.client.Fault as fault:
                words = " ".join(str(argument) for argument in arguments)
                raise OperationError(
                    f"supervisord: {method} {words}: {fault.faultString}"
                ) from None


def _log(run: RunDirectory, name: str) -> Path:
    return run.logs / f"{name}.log"


def _section(program: Program, run: RunDirectory) -> str:
    environment = ",".join(f'{key}="{value}"' for key, value in program.environment.items())
    # `%` would otherwise start one of supervisord's own expansions.
    return f"""\
[program:{program.name}]
command={shlex.join(program.command)}
directory={program.directory}
environment={environment}
autostart=true
autorestart=true
startsecs=1
startretries=20
stopsignal=TERM
stopwaitsecs={int(program.stop_seconds)}
killasgroup=true
redirect_stderr=true
stdout_logfile={_log(run, program.name)}
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=1
""".replace("%", "%%")
