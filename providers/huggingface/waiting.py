"""Waits for an endpoint: bounded, shown, ended by a failure with the endpoint's own last words."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from providers.huggingface import errors
from providers.huggingface.client import Client
from providers.huggingface.errors import EndpointError
from providers.huggingface.observed import BROKEN, Raw, sleeps, state_of, url_of
from providers.huggingface.retry import Pace, rest
from providers.plugin.session import Session

_TAIL_LINES: Final = 20
_GONE_SECONDS: Final = 300.0


class Wait:
    """Waits for the endpoint `name`. All raise EndpointError.

    `patience` is how many looks in a row it may still be failed, where it was so before.
    """

    def __init__(
        self, client: Client, name: str, session: Session, pace: Pace, *, patience: int = 0
    ) -> None:
        self._client = client
        self._name = name
        self._session = session
        self._pace = pace
        self._patience = patience

    def serving(self, *, minutes: float, probe: bool, awake: bool, looks: int = 1) -> Raw:
        """Until it serves, sleeps as its policy says, or was paused by somebody.

        `probe` asks the container itself; `awake` wakes one that somebody scaled to zero;
        `looks` is how often in a row it must serve, because a change may not show at once.
        """
        seen = 0

        def settled(raw: Raw) -> bool:
            nonlocal seen
            seen = seen + 1 if self._serves(raw, probe=probe, awake=awake) else 0
            return seen >= looks

        return self._until(settled, seconds=minutes * 60, what="it to serve")

    def state(self, wanted: str, *, minutes: float) -> Raw:
        """Until the API calls its state `wanted`."""
        return self._until(
            lambda raw: state_of(raw) == wanted, seconds=minutes * 60, what=f"it to be {wanted}"
        )

    def gone(self) -> None:
        """Until the API does not know it any more."""
        start, count = time.monotonic(), 0
        while self._client.get(self._name) is not None:
            count += 1
            if time.monotonic() - start > _GONE_SECONDS:
                raise EndpointError(errors.NOT_READY, f"{self._name} is still being deleted")
            rest(self._pace.poll(count), self._session, f"deleting {self._name}")

    def _serves(self, raw: Raw, *, probe: bool, awake: bool) -> bool:
        state, url = state_of(raw), url_of(raw)
        if state == "scaledToZero" and (sleeps(raw) or not awake):
            return True
        if state == "paused":
            return True
        if state not in ("running", "scaledToZero") or url is None:
            return False
        # Of one that sleeps the question itself is what wakes it.
        answers = not probe or self._client.answers(url, str(raw["healthRoute"]))
        return answers and state == "running"

    def _until(self, condition: Callable[[Raw], bool], *, seconds: float, what: str) -> Raw:
        start, count = time.monotonic(), 0
        while True:
            raw = self._client.get(self._name)
            if raw is None:
                raise EndpointError(errors.NOT_FOUND, f"{self._name} was deleted meanwhile")
            if state_of(raw) in BROKEN and count >= self._patience:
                raise self._broken(raw)
            if condition(raw):
                return raw
            passed, count = time.monotonic() - start, count + 1
            if passed > seconds:
                raise EndpointError(
                    errors.NOT_READY,
                    f"{self._name} is {state_of(raw)} after {seconds:.0f} s\n{self.log_tail()}",
                )
            self._session.report(f"{_progress(raw)}, waiting for {what} ({passed:.0f} s)")
            rest(self._pace.poll(count), self._session, f"waiting for {what}")

    def _broken(self, raw: Raw) -> EndpointError:
        kind = errors.FAILED if state_of(raw) == "failed" else errors.UPDATE_FAILED
        words = [str(raw["status"].get(key) or "") for key in ("message", "errorMessage")]
        said = "; ".join(filter(None, dict.fromkeys(words)))
        return EndpointError(kind, f"{self._name}: {said}\n{self.log_tail()}")

    def log_tail(self) -> str:
        """The last lines of the endpoint's own log, or why there are none."""
        try:
            lines = self._client.log(self._name).rstrip().splitlines()[-_TAIL_LINES:]
        except EndpointError as failure:
            return f"(its log cannot be read: {failure.kind.code})"
        return "\n".join(lines) or "(its log is empty)"


def _progress(raw: Raw) -> str:
    status = raw["status"]
    ready, target = status.get("readyReplica"), status.get("targetReplica")
    replicas = f", {ready} of {target} replicas ready" if target else ""
    return f"{raw['name']}: {state_of(raw)}{replicas}"
