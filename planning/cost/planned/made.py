"""How a planned resource is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from planning.cost.resource import Resource


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Resources of one stack."""

    stack: str
    region: str | None

    def __call__(
        self,
        type_: str,
        name: str,
        inputs: Mapping[str, Any],
        *,
        average: Decimal | None = None,
        **depends: Resource,
    ) -> Resource:
        """`depends`: what an input is made from, by its name."""
        return Resource(
            urn=f"urn:pulumi:{self.stack}::slipway::{type_}::{name}",
            type=type_,
            custom=True,
            inputs=inputs,
            region=self.region,
            average=average,
            depends={field: (one.urn,) for field, one in depends.items()},
        )

    def of_cluster(self, version: str, kind: str, name: str, spec: Any) -> Resource:
        """An object of Kubernetes."""
        return self(
            f"kubernetes:{version}:{kind}", name, {"metadata": {"name": name}, "spec": spec}
        )
