"""The raw result of one run of one benchmark, as kept in `benchmarks/results/*.json`."""

from __future__ import annotations

import statistics
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

RESULTS = Path(__file__).parent / "results"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Series(_Frozen):
    """One figure measured once a round, in the order of the rounds."""

    name: str
    unit: str
    values: tuple[float, ...] = Field(min_length=1)

    @property
    def median(self) -> float:
        return statistics.median(self.values)


class Outcome(_Frozen):
    """The answer to one goal: a ratio of two series round by round, or one series itself."""

    goal: str
    ours: str
    """Name of our series."""
    peer: str | None
    """Name of the peer's series; None where the goal is an absolute figure."""


class Measurement(_Frozen):
    """What a benchmark hands back; `skipped` maps a goal to why it was not measured."""

    setup: dict[str, str | int | float]
    versions: dict[str, str]
    series: tuple[Series, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    skipped: dict[str, str] = {}

    @model_validator(mode="after")
    def _outcomes_have_figures(self) -> Measurement:
        for outcome in self.outcomes:
            names = (outcome.ours, outcome.peer or outcome.ours)
            rounds = {len(series.values) for series in self.series if series.name in names}
            found = {series.name for series in self.series} & set(names)
            if found != set(names) or len(rounds) != 1:
                raise ValueError(f"goal {outcome.goal!r} lacks series of equal rounds: {names}")
        return self

    def named(self, name: str) -> Series:
        """The series of that name; raises KeyError where there is none."""
        for series in self.series:
            if series.name == name:
                return series
        raise KeyError(name)

    def figures(self, outcome: Outcome) -> tuple[float, ...]:
        """The values that a goal is judged by: ratios round by round, or the series."""
        ours = self.named(outcome.ours).values
        if outcome.peer is None:
            return ours
        return tuple(a / b for a, b in zip(ours, self.named(outcome.peer).values, strict=True))


class Machine(_Frozen):
    """Where a run took place. Load is the 1-minute average before the run began."""

    cpu: str
    cores: int
    flags: tuple[str, ...]
    memory_mib: int
    system: str
    load: float


class Result(_Frozen):
    """One dated run, whole: enough to repeat it and to judge it."""

    benchmark: str
    started: str
    """UTC, ISO 8601, to the second."""
    seconds: float
    command: str
    commit: str
    """Of the checkout; `+changes` where the working tree differed from it."""
    machine: Machine
    measurement: Measurement


def save(result: Result, folder: Path = RESULTS) -> Path:
    """Writes `<started>-<benchmark>.json` and returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.started.replace(':', '')}-{result.benchmark}.json"
    path.write_text(result.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path


def load_all(folder: Path = RESULTS) -> list[Result]:
    """Every kept result, oldest first."""
    found = (Result.model_validate_json(path.read_bytes()) for path in folder.glob("*.json"))
    return sorted(found, key=lambda result: (result.started, result.benchmark))
