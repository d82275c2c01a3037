"""What a rule may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planning.catalog import Catalog
from planning.problems import Problem
from planning.settings.model import Model
from planning.settings.settings import Stated


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A stack file as far as it is readable: refused keys have their defaults here."""

    stated: Stated
    written: frozenset[str]
    """Top-level keys in the file, readable or not."""
    refused: frozenset[str] = frozenset()
    """Paths of keys that had to be left out."""
    catalog: Catalog

    @property
    def models(self) -> list[tuple[str, Model]]:
        """Every readable model with its path."""
        one = [("slipway:model", self.stated.model)] if self.stated.model else []
        many = self.stated.models or ()
        return one + [(f"slipway:models[{index}]", model) for index, model in enumerate(many)]


Rule = Callable[[Facts], Iterable[Problem]]
