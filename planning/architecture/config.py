"""Typed reading of a `config.json`: a wrong or missing key is refused by name, never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from planning.architecture.problem import ArchitectureError, refused
from planning.settings.echo import echo

# No published model comes near; a number beyond is a slip that would only overflow later.
_LARGEST = 1 << 31


class Config:
    """The keys of one section; `read` collects the paths that were asked for, sections' too."""

    def __init__(
        self, values: Mapping[str, object], path: str = "", read: set[str] | None = None
    ) -> None:
        self.values = values
        self.path = path
        self.read = set[str]() if read is None else read

    def __contains__(self, key: str) -> bool:
        return self._of(key) is not None

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number above 0; without `default` the key is needed, null counts as absent."""
        value = self._of(key)
        if value is None and default is not None:
            return default
        if value is None or type(value) is not int or not 0 < value < _LARGEST:
            raise self._wrong(key, value, "a whole number above 0")
        return value

    def optional(self, key: str) -> int | None:
        """A whole number above 0, or None where the key is absent, null or 0."""
        value = self._of(key)
        return None if value is None or value == 0 else self.count(key)

    def flag(self, key: str, default: bool) -> bool:
        value = self._of(key)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(key, value, "true or false")
        return default if value is None else value

    def text(self, key: str, default: str = "") -> str:
        value = self._of(key)
        if value is not None and not isinstance(value, str):
            raise self._wrong(key, value, "text")
        return default if value is None else value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._of(key)
        if value is None:
            return ()
        entries = list(_entries(value))
        if not entries or not all(isinstance(entry, str) for entry in entries):
            raise self._wrong(key, value, "a list of texts")
        return tuple(cast("list[str]", entries))

    def counts(self, key: str) -> tuple[int, ...]:
        value = self._of(key)
        if value is None:
            return ()
        entries = list(_entries(value))
        if not all(type(entry) is int and 0 <= entry < _LARGEST for entry in entries):
            raise self._wrong(key, value, "a list of whole numbers")
        return tuple(cast("list[int]", entries))

    def factor(self, key: str) -> float | None:
        """A number of 1 or more."""
        value = self._of(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not value >= 1:
            raise self._wrong(key, value, "a number of 1 or more")
        return float(value)

    def section(self, key: str) -> Config | None:
        value = self._of(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self._wrong(key, value, "a section with keys")
        return Config(cast("Mapping[str, object]", value), self._place(key), self.read)

    def refusal(self, key: str, allowed: str) -> ArchitectureError:
        """For a value that is well formed but stands for something unknown."""
        return self._wrong(key, self._of(key), allowed)

    def _of(self, key: str) -> object:
        self.read.add(self._place(key))
        return self.values.get(key)

    def _place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _wrong(self, key: str, value: object, allowed: str) -> ArchitectureError:
        return refused(
            self._place(key),
            "config-key-missing" if value is None else "config-key-wrong",
            "nothing" if value is None else echo(value),
            allowed,
            "take config.json as the model's publisher wrote it",
        )


def _entries(value: object) -> Iterator[object]:
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        yield from cast("Sequence[object]", value)
    else:
        yield None
