"""The replay as JSON: documented, stable keys."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planning.report.part import Part


class TracePart(Part):
    """What was replayed."""

    file: str
    requests: int
    seconds: float
    """From the first request to the last."""
    mean_prompt_tokens: float
    mean_output_tokens: float
    mean_per_second: float
    """Requests."""
    busiest_minute_per_second: float
    """Requests, in the minute with the most of them."""
    before: str | None
    """Of the day before, for rules that look back; null: nothing was known of it."""


class LimitsPart(Part):
    """What a request is held against."""

    ttft_ms: float | None
    """Longest time to the first token, waiting included; null: not asked for."""
    itl_ms: float | None
    """Longest mean time between tokens of an answer; null: not asked for."""
    share: float
    """Of requests that are wanted in time (0..1), from `traffic.slo.percentile`."""


class FleetPart(Part):
    """One way to run the trace."""

    name: Literal["deployed", "first-day", "static"]
    """`first-day`: the deployed rules without the day before. `static`: the smallest fixed number
    that is enough."""
    rules: str
    """What decides the number of replicas."""
    in_slo: float
    """Share of requests in time (0..1); refused ones are not."""
    enough: bool
    """Whether that is what `limits.share` asks for."""
    gpu_hours: float
    """Billed: replicas that start, serve or leave, up to the end of the trace."""
    of_static: float | None
    """GPU-hours over those of `static`; null: there is none."""
    usd: float | None
    """For computing, on whole nodes; null: unpriced."""
    refused: float
    """Requests that gateway or engine turned away."""
    most_replicas: int
    mean_replicas: float
    longest_queue: float
    """Requests that waited in engines at once."""


class MomentPart(Part):
    """A stretch of the trace under the deployed rules."""

    at_seconds: float
    """When it begins."""
    requests_per_second: float
    replicas: float
    """Billed, mean."""
    ready: float
    """Of them, serving; mean."""
    in_flight: float
    """Requests, most."""
    waiting: float
    """In engines' queues, most."""
    late: float
    """Requests that ended in it and were not in time, and refused ones."""


class ReplayDocument(Part):
    """Output of `python -m planning replay FILE TRACE --json`."""

    format_version: Literal[1] = 1
    """Version of these keys."""
    origin: str
    """The stack file."""
    stack: str
    """Name of the stack."""
    model: str
    """What is served, as in the stack file."""
    place: str
    """What a replica runs on."""
    gpus_per_replica: int
    start_seconds: float
    """From the wish for one more replica to its first answer."""
    trace: TracePart
    limits: LimitsPart
    fleets: tuple[FleetPart, ...]
    """`deployed` first."""
    moments: tuple[MomentPart, ...] = Field(description="At most 360, equally long, in order.")
    assumptions: tuple[str, ...]

    def text(self) -> str:
        return self.model_dump_json(by_alias=True, indent=2)
