"""What a month of a stack costs, item by item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from planning.cost.amount import Bound, total
from planning.cost.line import Line

_NODES = ("aws:eks/nodeGroup:NodeGroup", "kubernetes:karpenter.sh/v1:NodePool")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """A month, the first `up`, and what remains at the end."""

    lines: tuple[Line, ...]
    """Of all that is not free."""
    auto: bool
    """EKS chooses nodes of its own for all but the model: what they cost is not known."""
    kept: tuple[str, ...]
    """What `destroy` leaves on purpose, and what it goes on to cost."""
    first_up: str
    """How long the first `up` takes."""

    def total(self, bound: Bound) -> Decimal | None:
        """Of all that is priced, see `unpriced` for the rest; None where nodes have no price there:
        they are most of it."""
        if self.auto or any(line.amount is None for line in _nodes(self.lines)):
            return None
        return total(line.counted for line in self.lines).at(bound)

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Items of which something is not known."""
        auto = (AUTO,) if self.auto else ()
        return (*auto, *(item(line) for line in self.lines if line.amount is None or line.beside))


AUTO = "nodes of Auto Mode"


def item(line: Line) -> str:
    """What is paid for, in short."""
    kind, _, name = line.urn.rpartition("::")
    return f"{kind.rpartition(':')[2]} {name}"


def _nodes(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if line.urn.split("::")[2] in _NODES)
