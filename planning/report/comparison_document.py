"""The comparison as JSON: documented, stable keys."""

from __future__ import annotations

from typing import Literal

from planning.report.document import ProblemPart
from planning.report.part import Part, RangePart


class LostPart(Part):
    """A key of the stack file that counts for nothing on a target."""

    key: str
    """As written in the stack file."""
    because: str
    """Why."""


class LimitPart(Part):
    """What a target does not have or needs, whatever the stack file says."""

    kind: Literal["lost", "needed"]
    """Another target has it; or it must be there before."""
    what: str
    """What it is."""
    instead: str | None
    """What there is in its place; null: nothing."""
    source: str
    """Where that is from, with its date."""


class TargetPart(Part):
    """One target."""

    target: str
    """Where the model would run."""
    ok: bool
    """Whether the plan has no error."""
    fits: bool | None
    """Whether one replica fits; null: nothing was reckoned."""
    engine_version: str | None
    """A row of the catalog's engine versions; null: nothing is chosen."""
    quantization: str | None
    """How weights are stored as loaded."""
    place: str | None
    """Instance type, endpoint hardware, own nodes or this machine."""
    replicas: int | None
    """Fewest replicas."""
    max_replicas: int | None
    """Most replicas."""
    idle_usd_per_hour: float | None
    """At the fewest replicas, without a request; null: unpriced."""
    minimum_monthly_usd: float | None
    """730 hours at the fewest replicas."""
    estimated_monthly_usd: float | None
    """730 hours at the most replicas."""
    usd_per_million_output_tokens: RangePart | None
    """At `traffic`; null: no estimate, or unpriced."""
    cost_reason: str | None
    """Why a figure of cost is null."""
    cold_start_seconds: RangePart | None
    """Of the stages that are known; null: none is."""
    cold_start_at_least: bool
    """Whether a stage is not known, so that it takes longer."""
    lost: tuple[LostPart, ...]
    """Keys of the stack file that count for nothing there."""
    limits: tuple[LimitPart, ...]
    """What the target does not have or needs."""
    problems: tuple[ProblemPart, ...]
    """Everything to mend or to know, errors first."""


class ComparisonDocument(Part):
    """Output of `python -m planning compare FILE --json`."""

    format_version: Literal[1] = 1
    """Version of these keys."""
    origin: str
    """The stack file."""
    stack: str
    """Name of the stack."""
    written_for: str
    """The stack file's own target."""
    model: str
    """What is served, as in the stack file."""
    targets: tuple[TargetPart, ...]
    """Always all four."""

    def text(self) -> str:
        return self.model_dump_json(by_alias=True, indent=2)
