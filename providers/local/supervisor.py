"""The stack's supervisord and its private folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from providers.local import daemon
from providers.local.programs import Programs
from providers.local.resource import LocalResource
from providers.local.run_directory import RunDirectory
from providers.plugin.session import Session
from providers.plugin.values import Change, Values


class Supervisor(LocalResource):
    """Inputs and state: `runDirectory`, absolute or relative to the checkout."""

    identity: ClassVar[frozenset[str]] = frozenset({"runDirectory"})

    def create(self, name: str, inputs: Values, session: Session) -> Values:
        daemon.start(_run(inputs), session)
        return {"runDirectory": inputs["runDirectory"]}

    def planned(self, inputs: Values, state: Values | None) -> Values:
        return inputs

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        return {} if Programs(_run(state)).reachable() else {"running": "update"}

    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        return self.create(name, inputs, session)

    def delete(self, name: str, state: Values, session: Session) -> None:
        daemon.stop(_run(state), session)


def _run(values: Values) -> RunDirectory:
    return RunDirectory.of(values["runDirectory"])
