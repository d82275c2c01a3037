"""What a rule about EKS may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planning.catalog import Catalog
from planning.choice import Candidate
from planning.eks.features import Needs
from planning.problems import Problem
from planning.settings import Settings
from planning.settings.aws import Aws

PATH = "slipway:aws"


@dataclass(frozen=True, kw_only=True)
class EksFacts:
    settings: Settings
    """With the operators that come by themselves."""
    chosen: Candidate
    needs: Needs
    catalog: Catalog

    @property
    def aws(self) -> Aws:
        return self.settings.aws

    @property
    def prod(self) -> bool:
        return self.aws.environment == "prod"


Rule = Callable[[EksFacts], Iterable[Problem]]


def unused(path: str, got: str, allowed: str, *fixes: str) -> Problem:
    """A key that nothing would come of."""
    return Problem(
        path=path, code="key-unused", got=got, allowed=allowed, fixes=(*fixes, "or remove it")
    )
