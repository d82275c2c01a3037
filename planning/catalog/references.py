"""Whether rows that name other rows name existing ones."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog.load import Catalog
from planning.catalog.tables import CatalogError


def check_references(catalog: Catalog) -> None:
    """Reads every table; raises CatalogError that names each row with a dangling name."""
    dangling = [
        *_hardware(catalog),
        *_prices(catalog),
        *_software(catalog),
        *_starts(catalog),
    ]
    if dangling:
        raise CatalogError("; ".join(dangling))


def _hardware(catalog: Catalog) -> Iterator[str]:
    for name, row in catalog.instances.items():
        if row.value.gpu is not None and row.value.gpu not in catalog.gpus:
            yield f"instances, row {name}: no GPU {row.value.gpu}"
        if row.value.quota not in catalog.quotas:
            yield f"instances, row {name}: no quota {row.value.quota}"
    for name, row in catalog.hf_hardware.items():
        if row.value.gpu is not None and row.value.gpu not in catalog.gpus:
            yield f"hf_hardware, row {name}: no GPU {row.value.gpu}"
        if (row.value.gpu is None) != (row.value.gpus == 0):
            yield f"hf_hardware, row {name}: GPUs without their kind, or a kind without GPUs"
    for name, row in catalog.calibrations.items():
        if row.value.gpu not in catalog.gpus:
            yield f"calibrations, row {name}: no GPU {row.value.gpu}"
        if name != f"{row.value.engine}/{row.value.gpu}":
            yield f"calibrations, row {name}: its id is not <engine>/<gpu>"
    for name, row in catalog.engine_tunings.items():
        if row.value.gpu is not None and row.value.gpu not in catalog.gpus:
            yield f"engine_tunings, row {name}: no GPU {row.value.gpu}"
        if (row.value.gpu is None) != (row.value.goodput is None):
            yield f"engine_tunings, row {name}: measured on no GPU, or a GPU without a measurement"


def _prices(catalog: Catalog) -> Iterator[str]:
    for name, row in catalog.prices.items():
        if row.value.instance not in catalog.instances:
            yield f"prices, row {name}: no instance {row.value.instance}"
        if name != f"{row.value.region}/{row.value.instance}":
            yield f"prices, row {name}: its id is not <region>/<instance>"
    known = {name.partition("/")[2] for name in catalog.service_prices}
    for name, row in catalog.cost_kinds.items():
        kind = row.value
        for price in (*kind.usage, *filter(None, [kind.price])):
            if price not in known:
                yield f"cost_kinds, row {name}: no price {price} in any region"
        billed = kind.by is not None or bool(kind.usage)
        if [billed, kind.free is not None, kind.unpriced is not None].count(True) != 1:
            yield f"cost_kinds, row {name}: not one of billed, free and unpriced"
        if (kind.price is None) == (kind.by in ("hourly", "monthly")):
            yield f"cost_kinds, row {name}: a price where none is used, or none where one is"


def _software(catalog: Catalog) -> Iterator[str]:
    known = {name for row in catalog.engine_versions.values() for name in row.value.contains}
    for name, row in catalog.engine_versions.items():
        if row.value.cuda and row.value.cuda.partition(".")[0] not in catalog.cuda:
            yield f"engine_versions, row {name}: no CUDA family of {row.value.cuda}"
    for name in catalog.engine_contracts:
        if name not in catalog.engine_versions:
            yield f"engine_contracts, row {name}: no engine version {name}"
    for name, row in catalog.engine_versions.items():
        image = catalog.images[name].value.reference if name in catalog.images else None
        if row.value.image != image:
            yield f"images, row {name}: not {row.value.image}, as engine_versions says"
    for name, row in catalog.advisories.items():
        if row.value.software not in known:
            yield f"advisories, row {name}: no engine version contains {row.value.software}"
    for table, rows in (("amis", catalog.amis), ("operators", catalog.operators)):
        for name, row in rows.items():
            for minor in row.value.kubernetes:
                if minor not in catalog.kubernetes_versions:
                    yield f"{table}, row {name}: no Kubernetes {minor}"
    for name, row in catalog.model_support.items():
        if name != f"{row.value.software}/{row.value.version}":
            yield f"model_support, row {name}: its id is not <software>/<version>"
    for name, row in catalog.quantization_support.items():
        if name != f"{row.value.engine}/{row.value.storage}":
            yield f"quantization_support, row {name}: its id is not <engine>/<storage>"


def _starts(catalog: Catalog) -> Iterator[str]:
    for name, row in catalog.engine_starts.items():
        if row.value.gpu is not None and row.value.gpu not in catalog.gpus:
            yield f"engine_starts, row {name}: no GPU {row.value.gpu}"
    for name, row in catalog.start_rates.items():
        spreads = [s for s in (row.value.seconds, row.value.share) if s is not None]
        if any(not s.best <= s.expected <= s.worst for s in spreads):
            yield f"start_rates, row {name}: best, expected and worst do not rise"
        rate = row.value.gb_per_second
        if rate is not None and not rate.best >= rate.expected >= rate.worst > 0:
            yield f"start_rates, row {name}: best, expected and worst do not fall"
        if len(spreads) + (rate is not None) != 1:
            yield f"start_rates, row {name}: not one of seconds, gb_per_second and share"
