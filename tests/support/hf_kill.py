"""kill -9 at the n-th call of the API, before or after the API acted; without a process to kill."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Literal
from unittest import mock

from providers.huggingface.client import Client

Moment = Literal["before", "after"]


class KilledError(BaseException):
    """No handler of the code under test sees it, as none sees a SIGKILL."""


@contextmanager
def killed_at(number: int, moment: Moment) -> Generator[list[str]]:
    """In the block the call `number` (from 0) kills; yields the names of all calls so far."""
    seen: list[str] = []
    real: Callable[..., Any] = Client._call  # pyright: ignore[reportPrivateUsage]

    def call(self: Client, what: str, *args: Any, **kwargs: Any) -> Any:
        seen.append(what)
        mine = len(seen) - 1 == number
        if mine and moment == "before":
            raise KilledError
        try:
            return real(self, what, *args, **kwargs)
        finally:
            if mine:
                raise KilledError  # whatever the API answered

    with mock.patch.object(Client, "_call", call):
        yield seen
