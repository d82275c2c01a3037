"""One combination with all that stands against it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows.software import EngineVersionFacts
from planning.choice.beside import beside_problems
from planning.choice.cpu import cpu_host, cpu_memory, cpu_problems
from planning.choice.deployment import deployment
from planning.choice.engines import model_problems
from planning.choice.host import Host, gpu_host, gpu_memory_need, host_problems, memory_left
from planning.choice.space import Point
from planning.choice.storages import storage_problems
from planning.choice.wanted import Wanted
from planning.compatibility import Deployment, compatibility_problems
from planning.compatibility.subject import runner_of
from planning.fit import Memory
from planning.memory import Fit, Place, Serving, default_serving, fit
from planning.problems import Problem, gravest_first


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A combination and what was found of it."""

    point: Point
    serving: Serving | None
    fit: Fit | None
    memory: Memory | None
    host: Host | None
    replicas_per_node: int
    deployment: Deployment
    problems: tuple[Problem, ...]

    @property
    def gpus_per_replica(self) -> int:
        return self.serving.gpus if self.serving else 0


class Judge:
    """Rules over combinations that share a model, a wish and a day; remembers what recurs."""

    def __init__(
        self, model: Architecture, wanted: Wanted, catalog: Catalog, today: datetime.date
    ) -> None:
        self._model, self._wanted, self._catalog, self._today = model, wanted, catalog, today
        self._compatible: dict[tuple[object, ...], tuple[Problem, ...]] = {}
        self._fits: dict[tuple[object, ...], Fit] = {}

    def __call__(self, point: Point) -> Judged:
        return self._on_cpu(point) if point.on_cpu else self._on_gpus(point)

    def _on_cpu(self, point: Point) -> Judged:
        memory = cpu_memory(self._model, self._wanted, point, self._catalog)
        there = memory_left(point.site)
        ours = self._wanted.target not in ("local", "hf-endpoint")
        each = max(1, there // memory.replica) if there and ours else 1
        placed, others = self._placed(point)
        found = cpu_problems(self._model, self._wanted, memory, point.site)
        return Judged(
            point=point,
            serving=None,
            fit=None,
            memory=memory,
            host=cpu_host(memory, point.site, each) if ours else None,
            replicas_per_node=each,
            deployment=placed,
            problems=gravest_first((*others, *map(self._placed_path, found))),
        )

    def _on_gpus(self, point: Point) -> Judged:
        wanted, site = self._wanted, point.site
        gpu = self._catalog.gpus[site.gpu or ""].value
        serving = _serving(wanted, point, self._catalog)
        place = Place(gpu_name=site.gpu or "", gpu=gpu, gpus=max(1, site.gpus), nodes=point.nodes)
        found = self._fit(place, serving)
        runner = runner_of(point.engine.value)
        placed, others = self._placed(point)
        ours = [self._placed_path(problem) for problem in _once(found.problems, others)]
        workers = min(-(-serving.gpus // point.nodes), max(1, site.gpus))
        each = self._replicas_per_node(point, serving)
        host = None
        if wanted.target != "hf-endpoint":
            image = point.engine.value.image_bytes
            host = gpu_host(self._model, site, image, workers, each, wanted.beside)
        return Judged(
            point=point,
            serving=serving,
            fit=replace(found, problems=tuple(ours)),
            memory=None,
            host=host,
            replicas_per_node=each,
            deployment=placed,
            problems=gravest_first(
                (
                    *ours,
                    *beside_problems(wanted.beside, found.budget, serving.utilization),
                    *(host_problems(host, site) if host else ()),
                    *storage_problems(
                        self._model, gpu, runner, point.quantization, point.kv_bits, self._catalog
                    ),
                    *_unmeasured(point.engine.value, point.engine.id),
                    *others,
                )
            ),
        )

    def _fit(self, place: Place, serving: Serving) -> Fit:
        """Sizes of an instance type differ in what stands beside the GPUs."""
        key = (place.gpu_name, place.gpus, place.nodes, serving)
        if key not in self._fits:
            self._fits[key] = fit(self._model, place, serving, self._catalog)
        return self._fits[key]

    def _placed(self, point: Point) -> tuple[Deployment, tuple[Problem, ...]]:
        """The deployment, and what the rules of compatibility and the model's loader say of it."""
        placed = deployment(
            self._wanted,
            point.site,
            point.engine.id,
            storage=None if point.on_cpu else point.quantization or None,
            nodes=point.nodes,
        )
        key = (point.site.name, point.engine.id, placed.storage, point.nodes)
        if key not in self._compatible:
            self._compatible[key] = (
                *compatibility_problems(placed, self._catalog, self._today),
                *model_problems(self._model, point.engine, self._catalog),
            )
        return placed, self._compatible[key]

    def _replicas_per_node(self, point: Point, serving: Serving) -> int:
        if point.nodes > 1 or self._wanted.target == "hf-endpoint":
            return 1
        by_gpus = max(1, point.site.gpus // serving.gpus)
        there = memory_left(point.site)
        if there is None:
            return by_gpus
        need = gpu_memory_need(self._model, serving.gpus, self._wanted.beside)
        return max(1, min(by_gpus, there // need))

    def _placed_path(self, problem: Problem) -> Problem:
        """Endpoints have no pools: their size is what would be changed."""
        if self._wanted.target == "hf-endpoint" and problem.path.startswith("slipway:pools[0]"):
            return replace(problem, path=Deployment(engine="").paths.hf_hardware)
        return problem


def _serving(wanted: Wanted, point: Point, catalog: Catalog) -> Serving:
    name = point.site.gpu or ""
    chosen = default_serving(name, catalog.gpus[name].value, wanted.context)
    share = wanted.utilization or point.engine.value.gpu_memory_utilization
    return replace(
        chosen,
        concurrency=wanted.concurrency,
        sequences=wanted.sequences or chosen.sequences,
        batched_tokens=wanted.batched_tokens or chosen.batched_tokens,
        kv_bits=point.kv_bits,
        storage=point.storage,
        utilization=share or chosen.utilization,
        kv_cache_bytes=wanted.kv_cache_bytes,
        tensor_parallel=point.tensor_parallel,
        pipeline_parallel=point.pipeline_parallel,
    )


def _once(of_memory: tuple[Problem, ...], others: tuple[Problem, ...]) -> Iterator[Problem]:
    """Compatibility says more of a storage that a GPU does not run: memory need not repeat it."""
    said = any(problem.code == "storage-unsupported" for problem in others)
    for problem in of_memory:
        if not (said and problem.code == "quantization-unsupported"):
            yield problem


def _unmeasured(facts: EngineVersionFacts, name: str) -> Iterator[Problem]:
    """What a GPU's memory holds was measured with vLLM alone."""
    if runner_of(facts) != "vllm":
        yield Problem(
            path="slipway:engine.kind",
            code="memory-of-another-engine",
            got=f"{name}, reckoned as if vllm ran there",
            allowed="vllm, whose use of memory was measured",
            fixes=("try it on one node first",),
            severity="warning",
        )
