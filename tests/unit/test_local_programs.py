"""Programs under a real supervisord."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from providers.local import daemon, processes
from providers.local.process_table import environment
from providers.local.programs import Program, Programs
from tests.support.ask import eventually
from tests.support.local_run import a_session, local_run

ODD = "100% \"quoted\" 'words' $HOME;#"


def test_arguments_reach_the_program_as_they_are() -> None:
    with local_run() as run:
        programs = Programs(run)
        programs.ensure(
            _python("p", f"print({ODD!r}, flush=True); import time; time.sleep(60)"), a_session()
        )
        eventually(lambda: ODD in programs.log_tail("p"), "the program's line in its log")


def test_programs_see_nothing_of_the_engines_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "hush")
    monkeypatch.setenv("PULUMI_CONFIG", "hush")
    with local_run() as run:
        Programs(run).ensure(_sleeper("p"), a_session())
        eventually(lambda: Programs(run).states()["p"].pid, "a process")
        variables = [part for pid in processes.of_stack(run) for part in environment(pid)]
        assert variables and not any(b"PULUMI" in part for part in variables)


def test_a_supervisor_that_was_killed_starts_again_without_two_of_anything() -> None:
    with local_run() as run:
        programs = Programs(run)
        programs.ensure(_sleeper("p"), a_session())
        eventually(lambda: programs.states()["p"].pid, "a process")
        before = programs.states()["p"].pid
        os.kill(programs.supervisor(), signal.SIGKILL)
        daemon.start(run, a_session())
        eventually(lambda: programs.states()["p"].pid, "the program again")
        assert not processes.alive(before)
        assert sorted(processes.of_stack(run)) == sorted(
            [programs.supervisor(), programs.states()["p"].pid]
        )


def test_stopping_ends_programs_that_ignore_being_asked_and_removes_every_file() -> None:
    with local_run() as run:
        stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
        Programs(run).ensure(_python("p", stubborn), a_session())
        eventually(lambda: Programs(run).states()["p"].state == "RUNNING", "running")
        daemon.stop(run, a_session())
        assert processes.of_stack(run) == []
        assert not run.path.exists() and not run.sockets.exists()


def _sleeper(name: str) -> Program:
    return _python(name, "import time; time.sleep(60)")


def _python(name: str, code: str) -> Program:
    command = (sys.executable, "-c", code)
    return Program(name=name, command=command, environment={}, stop_seconds=1.0)
