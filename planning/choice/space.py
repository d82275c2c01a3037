"""Everything that could be deployed: node x image x storage x KV cache x division."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from planning.architecture import Architecture
from planning.architecture.storage import Storage
from planning.catalog import Catalog
from planning.catalog.rows.software import EngineVersionRow
from planning.choice.engines import Images, engines_to_try
from planning.choice.site import Site, sites
from planning.choice.storages import kv_widths, storages
from planning.choice.wanted import Wanted
from planning.compatibility.subject import runner_of
from planning.memory.parallel import tensor_parallel_sizes

SEVERAL_NODES = (2, 4)
"""Tried where one is too few."""
_CPU = "cpu"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One combination, not judged yet."""

    site: Site
    engine: EngineVersionRow
    quantization: str
    storage: Storage | None
    """What the engine makes of the checkpoint; None: as it is stored."""
    kv_bits: int
    tensor_parallel: int = 1
    pipeline_parallel: int = 1
    nodes: int = 1

    @property
    def on_cpu(self) -> bool:
        return self.engine.value.engine == "onnx"


def points(
    model: Architecture, wanted: Wanted, catalog: Catalog, today: datetime.date
) -> Iterator[Point]:
    """On one node, or on as many as are wanted."""
    nodes = wanted.nodes_per_replica or 1
    names = engines_to_try(wanted)
    images = Images(wanted, catalog, today)
    if "onnx" in names:
        yield from _on_cpu(wanted, images, catalog)
    if names != ("onnx",):
        for site in sites(wanted, catalog, on_cpu=False):
            yield from _on_gpus(model, wanted, site, nodes, images, catalog)


def points_over_nodes(
    model: Architecture, wanted: Wanted, catalog: Catalog, today: datetime.date
) -> Iterator[Point]:
    """On several nodes each, where nodes are not named and the network is made for it."""
    named = wanted.nodes_per_replica or wanted.instance or wanted.gpus_per_node
    if named is not None or wanted.target not in ("eks", "kubernetes"):
        return
    images = Images(wanted, catalog, today)
    for site in sites(wanted, catalog, on_cpu=False):
        for nodes in SEVERAL_NODES if site.efa or site.instance is None else ():
            yield from _on_gpus(model, wanted, site, nodes, images, catalog)


def _on_cpu(wanted: Wanted, images: Images, catalog: Catalog) -> Iterator[Point]:
    device = catalog.devices[_CPU].value
    wish = wanted.quantization
    for site in sites(wanted, catalog, on_cpu=True):
        for row in images(site):
            if row.value.engine != "onnx":
                continue
            for name in device.kv_bits if wish is None else (wish,):
                if name in device.kv_bits:
                    bits = device.kv_bits[name]
                    yield Point(
                        site=site, engine=row, quantization=name, storage=None, kv_bits=bits
                    )


def _on_gpus(
    model: Architecture,
    wanted: Wanted,
    site: Site,
    nodes: int,
    images: Images,
    catalog: Catalog,
) -> Iterator[Point]:
    row = catalog.gpus.get(site.gpu or "")
    for engine in images(site) if row else ():
        if engine.value.engine == "onnx":
            continue
        assert row is not None
        runner = runner_of(engine.value)
        for name, storage in storages(model, row.value, runner, wanted.quantization, catalog):
            for tensor, stages in _divisions(model, wanted, site, nodes, storage):
                for bits in kv_widths(row.value, wanted.kv_bits, catalog):
                    yield Point(
                        site=site,
                        engine=engine,
                        quantization=name,
                        storage=storage,
                        kv_bits=bits,
                        tensor_parallel=tensor,
                        pipeline_parallel=stages,
                        nodes=nodes,
                    )


def _divisions(
    model: Architecture, wanted: Wanted, site: Site, nodes: int, storage: Storage | None
) -> Iterator[tuple[int, int]]:
    """Tensor and pipeline parallel sizes; an endpoint uses all of its GPUs, several nodes too."""
    stages = wanted.pipeline_parallel or nodes
    if wanted.tensor_parallel is not None:
        yield wanted.tensor_parallel, stages
        return
    sizes = tensor_parallel_sizes(model, max(1, site.gpus), storage)
    room = site.gpus * nodes
    fitting = [size for size in sizes if size * stages <= room] or list(sizes[:1])
    whole = site.hf_hardware is not None or nodes > 1
    for size in fitting[-1:] if whole else fitting:
        yield size, stages
