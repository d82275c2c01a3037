"""The stack's Envoy: it takes changed files while it runs; only a new bootstrap restarts it."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from components.gateway import Site, gateway_command, gateway_files, keys_file, local_site
from components.local.gateway_inputs import gateway_spec
from components.specs import GatewaySpec
from providers.local import certificate, endpoints
from providers.local.envoy import SUBSCRIPTIONS, Envoy
from providers.local.files import write_atomically
from providers.local.programs import Program, Programs
from providers.local.resource import LocalResource
from providers.local.run_directory import RunDirectory
from providers.plugin.session import OperationError, Session
from providers.plugin.values import Change, Values

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
FOLDER = "."
"""Envoy runs in its folder, so the admin socket's name is short however deep the checkout lies."""


class Gateway(LocalResource):
    """Inputs: `runDirectory`, `keys` (name -> secret) and GatewaySpec's fields in camelCase.

    State: the inputs, `program` and `digest` (of all files without secrets).
    """

    secrets: ClassVar[frozenset[str]] = frozenset({"keys"})
    identity: ClassVar[frozenset[str]] = frozenset({"runDirectory"})

    def create(self, name: str, inputs: Values, session: Session) -> Values:
        run, spec = RunDirectory.of(inputs["runDirectory"]), gateway_spec(inputs)
        site = self.site(inputs)
        files = gateway_files(spec, site)
        program = _program(run, name, spec, site, files)
        if spec.tls:
            certificate.ensure(run.gateway, spec.tls, spec.host)
        for old in _generations(run, name) - {program.name}:
            _stop(run, old, spec.drain_seconds, session)
        _give_all(run, {**files, **self.secret_files(name, inputs)}, session)
        if not inputs["keys"]:
            (run.gateway / "keys.json").unlink(missing_ok=True)
        if not Envoy(run).ready():
            _start(run, program, session)
        Envoy(run).check(files)
        self.wait_until_served(run, session)
        return {**inputs, "program": program.name, "digest": _digest(files)}

    def planned(self, inputs: Values, state: Values | None) -> Values:
        return {**(state or {}), **inputs}

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        run, spec = RunDirectory.of(state["runDirectory"]), gateway_spec(state)
        programs = Programs(run)
        found = programs.states().get(state["program"]) if programs.reachable() else None
        if not found or not found.up:
            return {"running": "update"}
        # What this version renders, what was rendered and what lies there must be one and the same.
        files = gateway_files(spec, self.site(state))
        if _digest(files) != state["digest"] or not _intact(run, files, state["keys"]):
            return {"digest": "update"}
        if spec.tls and certificate.stale(run.gateway, spec.tls, spec.host):
            return {"certificate": "update"}
        return {}

    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        return self.create(name, inputs, session)

    def site(self, inputs: Values) -> Site:
        """Before whom it stands."""
        return local_site(FOLDER)

    def secret_files(self, name: str, inputs: Values) -> Mapping[str, str]:
        """Those that hold secrets, by name."""
        return _key_files(inputs["keys"])

    def wait_until_served(self, run: RunDirectory, session: Session) -> None:
        """Return once requests get somewhere."""
        endpoints.wait_until_served(run, session)

    def delete(self, name: str, state: Values, session: Session) -> None:
        run = RunDirectory.of(state["runDirectory"])
        if Programs(run).reachable():
            for program in _generations(run, name):
                _stop(run, program, state["drainSeconds"], session)
        # The list of replicas is theirs; it goes with the last of them.
        for file in run.gateway.glob("*"):
            if file.name != "endpoints.json":
                file.unlink(missing_ok=True)


def _give_all(run: RunDirectory, wanted: Mapping[str, str], session: Session) -> None:
    order = sorted(wanted, key=lambda name: [*SUBSCRIPTIONS, name].index(name))
    before: dict[str, str] = {}
    envoy = Envoy(run)
    running = envoy.ready()
    try:
        for name in order:
            found = _content(run, name)
            if found == wanted[name]:
                continue
            before[name] = found or ""
            if running and name in SUBSCRIPTIONS:
                envoy.give(name, wanted[name], session)
            else:
                write_atomically(run.gateway / name, wanted[name])
    except OperationError:
        for name in (name for name, content in before.items() if content):
            write_atomically(run.gateway / name, before[name])
        raise


def _start(run: RunDirectory, program: Program, session: Session) -> None:
    programs = Programs(run)
    programs.ensure(program, session)
    try:
        session.wait(Envoy(run).ready, seconds=_START_SECONDS, what="the gateway to start")
    except OperationError as failure:
        tail = programs.log_tail(program.name)
        raise OperationError(f"{failure}; its last lines:\n{tail}") from failure


def _stop(run: RunDirectory, program: str, drain_seconds: float, session: Session) -> None:
    envoy = Envoy(run)
    if envoy.ready():
        envoy.begin_drain()
        try:
            session.wait(
                lambda: envoy.running_requests() == 0,
                seconds=drain_seconds,
                what="running requests to finish",
            )
        except OperationError as failure:
            session.keep(f"{failure}; the rest was cut off")
    Programs(run).remove(program, session)


def _program(
    run: RunDirectory, name: str, spec: GatewaySpec, site: Site, files: Mapping[str, str]
) -> Program:
    identity = hashlib.sha256(files["bootstrap.json"].encode()).hexdigest()[:8]
    return Program(
        name=f"{name}.{identity}",
        command=tuple(gateway_command(spec, site, str(Path(sys.executable).with_name("envoy")))),
        environment={},
        directory=run.gateway,
        stop_seconds=_STOP_SECONDS,
    )


def _generations(run: RunDirectory, gateway: str) -> set[str]:
    return {name for name in Programs(run).states() if name.rpartition(".")[0] == gateway}


def _intact(run: RunDirectory, files: Mapping[str, str], keys: Mapping[str, str]) -> bool:
    wanted = {**files, **_key_files(keys)}
    return all(_content(run, name) == content for name, content in wanted.items())


def _key_files(keys: Mapping[str, str]) -> dict[str, str]:
    """Raises OperationError where a key could not be sent; the value is never shown."""
    try:
        return {"keys.json": keys_file(keys)} if keys else {}
    except ValueError as error:
        raise OperationError(str(error)) from None


def _content(run: RunDirectory, name: str) -> str | None:
    try:
        return (run.gateway / name).read_text()
    except OSError:
        return None


def _digest(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
