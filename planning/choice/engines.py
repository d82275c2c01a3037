"""Which engine images may run where, and the best of each kind for a GPU."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows.software import EngineVersionFacts, EngineVersionRow
from planning.choice.deployment import deployment
from planning.choice.site import Site
from planning.choice.wanted import EngineName, Target, Wanted
from planning.compatibility import compatibility_problems
from planning.compatibility.subject import runner_of
from planning.compatibility.versions import numbers
from planning.problems import Problem

ENGINES: Mapping[Target, tuple[EngineName, ...]] = {
    "local": ("onnx",),
    "kubernetes": ("vllm", "triton", "tensorrt-llm", "onnx"),
    "eks": ("vllm", "triton", "tensorrt-llm", "onnx"),
    "hf-endpoint": ("vllm", "onnx"),
}
"""Of each target, the one that is preferred first."""
_PATH = "slipway:engine.version"
_Rank = tuple[int, int, tuple[int, ...]]


def engines_to_try(wanted: Wanted) -> tuple[EngineName, ...]:
    """Without a wish those on GPUs: nothing predicts how slow a model is on CPU."""
    offered = ENGINES[wanted.target]
    if wanted.engine is not None:
        return tuple(name for name in offered if name == wanted.engine)
    return offered if wanted.target == "local" else offered[:-1] or offered


def target_problems(wanted: Wanted) -> Iterator[Problem]:
    """Does the target run that engine at all?"""
    offered = ENGINES[wanted.target]
    if wanted.engine not in (None, *offered):
        yield Problem(
            path="slipway:engine.kind",
            code="engine-not-on-target",
            got=f"{wanted.engine} on {wanted.target}",
            allowed=f"on {wanted.target}: {', '.join(offered)}",
            fixes=(
                f"write engine.kind: {offered[0]}",
                *(
                    f"or target: {target}"
                    for target, engines in ENGINES.items()
                    if wanted.engine in engines
                ),
            ),
        )


class Images:
    """Of each engine and of what multiplies in it the newest with the least against it."""

    def __init__(self, wanted: Wanted, catalog: Catalog, today: datetime.date) -> None:
        self._wanted, self._catalog, self._today = wanted, catalog, today
        self._known: dict[str | None, tuple[EngineVersionRow, ...]] = {}

    def __call__(self, site: Site) -> tuple[EngineVersionRow, ...]:
        """For that GPU, the engine that is preferred first."""
        if site.gpu not in self._known:
            self._known[site.gpu] = self._best(site)
        return self._known[site.gpu]

    def _best(self, site: Site) -> tuple[EngineVersionRow, ...]:
        best: dict[tuple[str, str | None], tuple[_Rank, EngineVersionRow]] = {}
        for row in self._catalog.engine_versions.values():
            facts = row.value
            if facts.engine not in engines_to_try(self._wanted) or not self._wished(row):
                continue
            rank = self._rank(row, site)
            kind = (facts.engine, runner_of(facts))
            if kind not in best or rank > best[kind][0]:
                best[kind] = (rank, row)
        order = ENGINES[self._wanted.target]
        rows = (row for _, row in best.values())
        return tuple(sorted(rows, key=lambda row: order.index(row.value.engine)))

    def _wished(self, row: EngineVersionRow) -> bool:
        wanted, facts = self._wanted, row.value
        if wanted.engine_version is not None:
            return row.id == wanted.engine_version
        if facts.engine == "triton" and wanted.backend is None:
            return runner_of(facts) is not None
        return wanted.backend is None or wanted.backend in facts.backends

    def _rank(self, row: EngineVersionRow, site: Site) -> _Rank:
        placed = deployment(self._wanted, site, row.id, named=False)
        found = compatibility_problems(placed, self._catalog, self._today)
        errors = sum(problem.severity == "error" for problem in found)
        warnings = sum(problem.severity == "warning" for problem in found)
        version = row.value.contains.get(row.value.engine, "0")
        return -errors, -warnings, numbers(version)


def model_problems(
    model: Architecture, row: EngineVersionRow, catalog: Catalog
) -> Iterator[Problem]:
    """Does that release load a model of this architecture?"""
    software, version = _loader(row.value, catalog)
    known = catalog.model_support.get(f"{software}/{version}")
    names = " or ".join(model.names) or "a config.json without architectures"
    if known is None or not model.names:
        yield Problem(
            path=_PATH,
            code="model-support-unknown",
            got=f"{names} in {row.id}",
            allowed=f"a release whose models are known: {', '.join(catalog.model_support)}",
            fixes=("try it on one node first",),
            severity="advice",
        )
    elif not set(model.names) & set(known.value.architectures):
        others = [
            other.id
            for other in catalog.model_support.values()
            if set(model.names) & set(other.value.architectures)
        ]
        listed = "its registry" if known.value.exhaustive else "its maker's list"
        yield Problem(
            path=_PATH,
            code="model-unsupported",
            got=f"{names} in {row.id}",
            allowed=f"an architecture in {listed} ({software} {version} has "
            f"{len(known.value.architectures)})",
            fixes=tuple(f"take {name}, which has it" for name in others[:2])
            or ("choose a model of another architecture",),
            severity="error" if known.value.exhaustive else "warning",
        )


def _loader(facts: EngineVersionFacts, catalog: Catalog) -> tuple[str, str]:
    """The software that reads a checkpoint, and its release; onnx: the builder of its models."""
    if facts.engine == "onnx":
        builder = "onnxruntime-genai"
        rows = [r.value for r in catalog.model_support.values() if r.value.software == builder]
        return builder, rows[0].version if rows else ""
    runner = runner_of(facts) or facts.engine
    return runner, facts.contains.get(runner, "")
