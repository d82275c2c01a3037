"""Modules that exist only in name: what a parser imports on its way and never calls.

torch and what stands on it take gigabytes, and no option of a command line depends on them.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any
from unittest.mock import MagicMock


def install(names: Sequence[str]) -> None:
    """From now on an import of one of these, or below it, succeeds and brings nothing."""
    sys.meta_path.insert(0, _Finder(names))


class _AnyClass(type):
    def __getattr__(cls, name: str) -> Any:
        return _attribute(name)


class _Anything(metaclass=_AnyClass):
    """Can be made of anything, derived from, asked for anything; as a decorator it does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return _attribute(name)

    def __call__(self, *arguments: Any, **_: Any) -> Any:
        return arguments[0] if arguments else None


class _Stub(types.ModuleType):
    __version__ = "0"

    def __getattr__(self, name: str) -> Any:
        value = _attribute(name)
        setattr(self, name, value)
        return value


class _Finder(MetaPathFinder, Loader):
    def __init__(self, names: Sequence[str]) -> None:
        self._prefixes = tuple(f"{name}." for name in names)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        known = f"{name}.".startswith(self._prefixes)
        return ModuleSpec(name, self, is_package=True) if known else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return _Stub(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def _attribute(name: str) -> Any:
    """A class where the name is one's, else something that can be called."""
    if name.startswith("__"):
        raise AttributeError(name)
    return _AnyClass(name, (_Anything,), {}) if name[0].isupper() else MagicMock(name=name)
