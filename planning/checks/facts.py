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

    @property
    def fronted(self) -> bool:
        """Whether a gateway of this machine stands before an endpoint."""
        section = self.stated.hugging_face
        endpoint = self.stated.target == "hf-endpoint"
        return endpoint and section is not None and section.local_gateway is not None

    @property
    def engine_kind(self) -> str | None:
        """The engine that the file settles; None: to be chosen, or one that the target has not."""
        target = self.stated.target
        kind = self.stated.engine.kind or ("onnx" if target == "local" else None)
        row = self.catalog.engines.get(kind or "")
        return row.id if row and target in row.value.targets else None


Rule = Callable[[Facts], Iterable[Problem]]
