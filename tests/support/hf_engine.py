"""What Pulumi's engine does with one resource, without the engine: for thousands of runs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from components.huggingface.endpoint_inputs import endpoint_inputs
from providers.huggingface.check import problems
from providers.huggingface.declaration import Declaration
from providers.huggingface.difference import difference
from providers.huggingface.endpoints import Endpoints
from providers.huggingface.inputs import with_defaults
from providers.huggingface.retry import Pace
from providers.huggingface.secrets import fingerprint
from providers.plugin.session import PartlyDoneError, Session
from tests.support.hf_stack import spec_of

URN = "urn:pulumi:dev::project::huggingface:index:InferenceEndpoint::chat"
QUICK = Pace(
    attempts=3,
    first_pause=0.001,
    longest_pause=0.002,
    first_poll=0.0005,
    longest_poll=0.001,
)
_KEY = "00" * 32


@dataclass
class Record:
    """A resource as the state holds it."""

    identifier: str
    inputs: dict[str, Any]
    state: dict[str, Any]
    unhealthy: bool = False


@dataclass
class Engine:
    """One stack with one endpoint."""

    urn: str = URN
    record: Record | None = None
    doomed: list[Record] = field(default_factory=list[Record])
    """Replaced, and not deleted yet."""
    lines: list[str] = field(default_factory=list[str])
    runs: int = 0
    cancelled: threading.Event = field(default_factory=threading.Event)

    def up(self, inputs: Mapping[str, Any], secrets: Mapping[str, str] | None = None) -> str:
        """What it did: `create`, `update`, `replace` or `same`. Raises OperationError."""
        wanted = self._with_prints(dict(inputs), secrets or {})
        assert problems(wanted) == []
        if self.record is None:
            self._create(wanted, secrets, replaced=None)
            done = "create"
        else:
            old = self.record
            found = difference(old.inputs, old.state, wanted)
            if found.replace:
                self._create(wanted, secrets, replaced=str(old.state["endpointName"]))
                self.doomed.append(old)
                done = "replace"
            elif found.changes or old.unhealthy:
                self._update(old, wanted, secrets)
                done = "update"
            else:
                old.inputs = wanted
                done = "same"
        self._bury()
        return done

    def refresh(self) -> bool:
        """Whether it found drift."""
        if self.record is None:
            return False
        old = self.record
        read = self.endpoints().read(old.identifier, old.inputs, old.state)
        if read is None:
            self.record = None
            return True
        drift = bool(difference(read[0], read[1], old.inputs).changes)
        self.record = Record(old.identifier, read[0], read[1], old.unhealthy)
        return drift

    def destroy(self) -> None:
        if self.record is not None:
            self.endpoints().delete(self.record.identifier, self.record.state)
            self.record = None
        self._bury()

    def forget(self) -> None:
        """Lose the state, as a run does that is killed before its checkpoint."""
        self.record = None

    def endpoints(self) -> Endpoints:
        keep = self.lines.append
        return Endpoints(Session(report=keep, keep=keep, cancelled=self.cancelled), QUICK)

    def _create(
        self, inputs: dict[str, Any], secrets: Mapping[str, str] | None, replaced: str | None
    ) -> None:
        try:
            state = self.endpoints().create(self._declared(inputs, secrets), replaced=replaced)
        except PartlyDoneError as error:
            if self.record is not None:
                self.doomed.append(self.record)
            self.record = Record(error.identifier, inputs, dict(error.state), unhealthy=True)
            raise
        identifier = f"{inputs['namespace']}/{state['endpointName']}"
        self.record = Record(identifier, inputs, state)

    def _update(
        self, old: Record, inputs: dict[str, Any], secrets: Mapping[str, str] | None
    ) -> None:
        declared = self._declared(inputs, secrets, str(old.state["instance"]))
        try:
            state = self.endpoints().update(old.identifier, old.state, old.inputs, declared)
        except PartlyDoneError as error:
            self.record = Record(error.identifier, inputs, dict(error.state), unhealthy=True)
            raise
        self.record = Record(old.identifier, inputs, state)

    def _bury(self) -> None:
        while self.doomed:
            self.endpoints().delete(self.doomed[0].identifier, self.doomed[0].state)
            self.doomed.pop(0)

    def _declared(
        self, inputs: dict[str, Any], secrets: Mapping[str, str] | None, instance: str = ""
    ) -> Declaration:
        self.runs += 1
        return Declaration(
            urn=self.urn,
            inputs=inputs,
            secrets=secrets or {},
            instance=instance or f"{self.runs:08x}",
        )

    def _with_prints(self, inputs: dict[str, Any], secrets: Mapping[str, str]) -> dict[str, Any]:
        if not secrets:
            return inputs
        prints = {name: fingerprint(_KEY, value) for name, value in secrets.items()}
        return {**inputs, "fingerprintKey": _KEY, "secretFingerprints": prints}


def inputs_of(**changes: Any) -> dict[str, Any]:
    """Checked inputs of `spec_of`'s endpoint with `changes`."""
    return with_defaults(endpoint_inputs(spec_of("chat", changes)), "chat")
