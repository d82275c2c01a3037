"""The shape of all resources of this provider, free of Pulumi's types."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from providers.plugin.session import Session
from providers.plugin.values import Change, Diff, Values


class LocalResource(ABC):
    """Create, read, update and delete of one kind of resource. All raise OperationError."""

    secrets: ClassVar[frozenset[str]] = frozenset()
    """State that must be encrypted."""
    identity: ClassVar[frozenset[str]] = frozenset()
    """Inputs that cannot change without a new resource."""

    handed_over: ClassVar[frozenset[str]] = frozenset()
    """Inputs that are used in this run and recorded nowhere."""
    vital: ClassVar[frozenset[str]] = frozenset({"running"})
    """Drift that makes the resource count as gone."""

    def checked(self, name: str, given: Values, old: Values) -> Values:
        """Inputs that the provider adds to what the program gives; the first thing in every run."""
        return {}

    @abstractmethod
    def create(self, name: str, inputs: Values, session: Session) -> Values:
        """Make the resource, or adopt the one that a lost run made; its state."""

    @abstractmethod
    def planned(self, inputs: Values, state: Values | None) -> Values:
        """The state to expect of a create or, where `state` is given, of an update."""

    @abstractmethod
    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        """What is no longer on this machine as `state` says; only looks."""

    @abstractmethod
    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        """Bring the resource from `state` to `inputs`; its new state."""

    @abstractmethod
    def delete(self, name: str, state: Values, session: Session) -> None:
        """Remove the resource; absent is success."""

    def diff(self, name: str, state: Values, inputs: Values) -> Diff:
        """Changed inputs, and drift where nothing else would repair it."""
        changes = dict(self.drift(name, state))
        for key in inputs:
            if key not in state:
                changes[key] = "add"
            elif state[key] != inputs[key]:
                changes[key] = "update"
        return Diff(changes, replace=not self.identity.isdisjoint(changes))
