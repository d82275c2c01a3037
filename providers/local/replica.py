"""One engine replica: a supervised server on a unix socket that the gateway knows."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from providers.local import endpoints
from providers.local.programs import Program, Programs
from providers.local.resource import LocalResource
from providers.local.run_directory import RunDirectory
from providers.local.unix_http import answers
from providers.plugin.session import OperationError, Session
from providers.plugin.values import Change, Values

_MOST_RESTARTS = 2
_STOP_MARGIN_SECONDS = 5.0


class Replica(LocalResource):
    """Inputs: `runDirectory`, `module`, `arguments`, `revision`, `drainSeconds`,
    `readyTimeoutSeconds`. State: the inputs and `program`, the name of the running generation.

    A changed replica is started beside the old one, which ends its streams and goes last.
    """

    identity: ClassVar[frozenset[str]] = frozenset({"runDirectory"})

    def create(self, name: str, inputs: Values, session: Session) -> Values:
        run = RunDirectory.of(inputs["runDirectory"])
        program = _program(run, name, inputs)
        _bring_up(run, program, inputs["readyTimeoutSeconds"], session)
        # First in with the new one, then out with the old: somebody always answers.
        endpoints.register(run, program.name, _socket(run, program.name), session)
        _end(run, _generations(run, name) - {program.name}, session)
        return {**inputs, "program": program.name}

    def planned(self, inputs: Values, state: Values | None) -> Values:
        return {**inputs, "program": state["program"] if state else ""}

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        run, program = RunDirectory.of(state["runDirectory"]), state["program"]
        programs = Programs(run)
        found = programs.states().get(program) if programs.reachable() else None
        return (
            {}
            if found and found.up and endpoints.registered(run, program)
            else {"running": "update"}
        )

    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        return self.create(name, inputs, session)

    def delete(self, name: str, state: Values, session: Session) -> None:
        run = RunDirectory.of(state["runDirectory"])
        if not Programs(run).reachable():
            return  # its processes, if any, end with the supervisor's own removal
        _end(run, _generations(run, name), session)


def _program(run: RunDirectory, replica: str, inputs: Values) -> Program:
    arguments = (sys.executable, "-m", inputs["module"], *inputs["arguments"])
    # The name says what runs: an equal one is adopted, another one is a new generation.
    identity = json.dumps([arguments, inputs["revision"], inputs["drainSeconds"]])
    name = f"{replica}.{hashlib.sha256(identity.encode()).hexdigest()[:8]}"
    return Program(
        name=name,
        command=(*arguments, "--uds", str(_socket(run, name))),
        environment={},
        stop_seconds=inputs["drainSeconds"] + _STOP_MARGIN_SECONDS,
    )


def _bring_up(run: RunDirectory, program: Program, timeout: float, session: Session) -> None:
    programs = Programs(run)
    adopted = program.name in programs.states()
    programs.ensure(program, session)
    socket, pids = _socket(run, program.name), set[int]()

    def ready() -> bool:
        found = programs.states()[program.name]
        pids.add(found.pid)
        if found.state == "FATAL" or len(pids - {0}) > _MOST_RESTARTS:
            raise OperationError("the server ends again and again")
        return answers(socket, "/health/ready")

    try:
        session.wait(ready, seconds=timeout, what="the model to load")
    except OperationError as failure:
        tail = programs.log_tail(program.name)
        if not adopted:
            programs.remove(program.name, session)
        raise OperationError(f"{failure}; its last lines:\n{tail}") from failure


def _generations(run: RunDirectory, replica: str) -> set[str]:
    known = {*Programs(run).states(), *endpoints.everyone(run)}
    return {name for name in known if name.rpartition(".")[0] == replica}


def _end(run: RunDirectory, programs: set[str], session: Session) -> None:
    endpoints.unregister(run, programs, session)
    for program in programs:
        session.report(f"draining {program}")
        Programs(run).remove(program, session)
        _socket(run, program).unlink(missing_ok=True)


def _socket(run: RunDirectory, program: str) -> Path:
    return run.sockets / f"{program}.sock"
