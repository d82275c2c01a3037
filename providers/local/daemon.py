"""One supervisord per stack: it keeps the replicas and the gateway alive, nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

from providers.local import processes
from providers.local.files import write_atomically
from providers.local.programs import Programs
from providers.local.run_directory import MARKER, ROOT, RunDirectory
from providers.plugin.session import OperationError, Session

_START_SECONDS = 20.0
_STOP_SECONDS = 10.0
_KEPT_VARIABLES = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "USER")


def start(run: RunDirectory, session: Session) -> None:
    """Start the stack's supervisord with the programs it knows; running already is fine."""
    run.prepare()
    if Programs(run).reachable():
        return
    # A killed supervisord leaves its programs behind; they would hold sockets and ports.
    processes.end(processes.of_stack(run), grace_seconds=_STOP_SECONDS)
    write_atomically(run.path / "supervisord.conf", _configuration(run))
    _launch(run)
    session.wait(
        Programs(run).reachable, seconds=_START_SECONDS, what="supervisord to answer on its socket"
    )


def stop(run: RunDirectory, session: Session) -> None:
    """Stop supervisord and whatever it started, then remove the stack's files; absent is fine."""
    programs = Programs(run)
    if programs.reachable():
        session.report("stopping supervisord")
        pid = programs.supervisor()
        programs.shutdown()
        session.wait(
            lambda: not processes.alive(pid),
            seconds=programs.longest_stop(),
            what="programs to end",
        )
    processes.end(processes.of_stack(run), grace_seconds=_STOP_SECONDS)
    run.remove()


def _launch(run: RunDirectory) -> None:
    # Only named variables: the engine's environment holds the passphrase and all configuration.
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    finished = subprocess.run(
        [sys.executable, "-m", "supervisor.supervisord", "-c", str(run.path / "supervisord.conf")],
        cwd=ROOT,
        env=environment | {MARKER: str(run.path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        check=False,
    )
    if finished.returncode:
        raise OperationError(f"supervisord did not start: {finished.stdout.strip()}")


def _configuration(run: RunDirectory) -> str:
    user = "user=root\n" if os.getuid() == 0 else ""
    return f"""\
[unix_http_server]
file={run.supervisor_socket}
chmod=0700

[supervisord]
{user}logfile={run.logs / "supervisord.log"}
logfile_maxbytes=5MB
logfile_backups=1
pidfile={run.path / "supervisord.pid"}
childlogdir={run.logs}
directory={ROOT}
umask=077

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[include]
files={run.programs}/*.ini
""".replace("%", "%%")
