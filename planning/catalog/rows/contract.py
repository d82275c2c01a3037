"""What an engine image understands and reports."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from components.specs.engine import Meaning, Setting
from planning.catalog.rows.base import Fact, Row

Port = Annotated[int, Meta(gt=1023, lt=65536)]
Path = Annotated[str, Meta(pattern=r"^/\S*\Z")]
Flag = Annotated[str, Meta(pattern=r"^--?[a-z][a-z0-9_.-]*\Z")]


class MetricsFacts(Fact):
    """What an engine reports to Prometheus."""

    path: Path
    port: Port | None = None
    """Absent: that of the requests."""
    names: dict[Meaning, str]
    """As on the wire, without `_bucket`, `_sum` and `_count`; what is absent is not reported."""
    model_label: str | None = None
    """Absent: a series does not say whose it is."""
    buckets: dict[Meaning, tuple[float, ...]] = field(
        default_factory=dict[Meaning, tuple[float, ...]]
    )
    """Upper bounds of a histogram, without infinity."""


class EngineContractFacts(Fact):
    """Flags, ports, folders and metrics of one engine image, by its row of engine_versions.yaml."""

    proof: Literal["parser", "older release", "documentation"]
    """`parser`: tests feed every rendered argument to that version's own parser and look metrics
    up in its source. `older release`: to those of the one that can be had. `documentation`: of no
    release, as none can be had."""
    flags: dict[Setting, Flag]
    fields: dict[Setting, str] = field(default_factory=dict[Setting, str])
    """Keys of a configuration file of its own, with `.` between levels."""
    port: Port
    ready: Path
    live: Path
    user: Annotated[int, Meta(gt=0)]
    group: Annotated[int, Meta(ge=0)]
    scratch: tuple[Path, ...] = ()
    """Folders it writes to; the rest of its file system can be read-only."""
    metrics: MetricsFacts


EngineContractRow = Row[EngineContractFacts]
