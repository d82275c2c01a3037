"""The same wish with something changed, planned again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.candidate import Candidate
from planning.choice.candidates import ranked
from planning.choice.wanted import Wanted


@dataclass(frozen=True, kw_only=True)
class Rerun:
    """A wish to vary."""

    model: Architecture
    wanted: Wanted
    catalog: Catalog
    today: datetime.date

    def on(self, candidate: Candidate) -> Rerun:
        """Tied to the hardware, image and storage of that candidate."""
        own = candidate.instance is None and candidate.hf_hardware is None
        pinned = replace(
            self.wanted,
            engine=candidate.engine,
            engine_version=candidate.engine_version,
            instance=candidate.instance,
            hf_hardware=candidate.hf_hardware,
            gpu=candidate.gpu if own else None,
            gpus_per_node=candidate.gpus_per_node if own else None,
            nodes_per_replica=candidate.nodes_per_replica,
            quantization=candidate.quantization or None,
            kv_bits=candidate.kv_bits,
        )
        return replace(self, wanted=pinned)

    def best(self, **changes: Any) -> Candidate | None:
        """The first that fits with these changes; None: none does."""
        return next(self._fitting(replace(self.wanted, **changes)), None)

    def anywhere(self, candidate: Candidate, **changes: Any) -> Iterator[Candidate]:
        """All that fit on any hardware that may be recommended with these changes, best first.

        Own nodes stay own nodes, with as many GPUs.
        """
        own = candidate.instance is None and candidate.hf_hardware is None
        free = replace(
            self.wanted,
            instance=None,
            hf_hardware=None,
            gpu=None,
            gpus_per_node=candidate.gpus_per_node if own else None,
            tensor_parallel=None,
            pipeline_parallel=None,
            nodes_per_replica=None,
        )
        return self._fitting(replace(free, **changes))

    def _fitting(self, wanted: Wanted) -> Iterator[Candidate]:
        found = ranked(self.model, wanted, self.catalog, self.today)
        return (one.candidate for one in found if one.recommended)
