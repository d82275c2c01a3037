"""Catalog tables as Markdown: one column a fact, sources below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from msgspec.structs import asdict

from planning.catalog import Catalog
from planning.catalog.rows import Fact, Row

_ABSENT: tuple[Any, ...] = (None, (), {})


def hardware_and_software(catalog: Catalog) -> Iterator[str]:
    """Lines of the tables that clusters and clouds need."""
    tables: dict[str, Mapping[str, Row[Any]]] = {
        "GPUs": catalog.gpus,
        "AWS instances": catalog.instances,
        "AWS quotas": catalog.quotas,
        "AWS prices": catalog.prices,
        "Hugging Face hardware": catalog.hf_hardware,
        "Engine versions": catalog.engine_versions,
        "Engine contracts": catalog.engine_contracts,
        "Images": catalog.images,
        "Charts": catalog.charts,
        "CUDA": catalog.cuda,
        "Storage of weights by engine": catalog.quantization_support,
        "Models by engine release": catalog.model_support,
        "Node images": catalog.amis,
        "Kubernetes versions": catalog.kubernetes_versions,
        "Features of Kubernetes": catalog.kubernetes_features,
        "Nodes on EKS": catalog.node_modes,
        "Operators": catalog.operators,
        "EKS add-ons": catalog.addons,
        "Service endpoints": catalog.service_endpoints,
        "Service prices": catalog.service_prices,
        "How resources are billed": catalog.cost_kinds,
        "Advisories": catalog.advisories,
        "Limits of targets": catalog.target_limits,
        "Parts of a start": catalog.start_rates,
        "Measured engine starts": catalog.engine_starts,
        "Engine tunings": catalog.engine_tunings,
        "Timings": catalog.timings,
    }
    for title, rows in tables.items():
        yield f"## {title}\n"
        yield from _table(list(rows.values()))


def _table(rows: list[Row[Any]]) -> Iterator[str]:
    kind = cast("type[Fact]", type(rows[0].value))
    values: list[dict[str, Any]] = [asdict(row.value) for row in rows]
    names = [
        name
        for name in kind.__struct_fields__
        if any(value[name] not in _ABSENT for value in values)
    ]
    sources: dict[tuple[str, str], int] = {}
    yield f"{kind.__doc__ or ''}\n"
    yield f"| id | {' | '.join(name.replace('_', ' ') for name in names)} | source |"
    yield "|---" * (len(names) + 2) + "|"
    for row, value in zip(rows, values, strict=True):
        number = sources.setdefault((row.source, str(row.date)), len(sources) + 1)
        yield f"| {row.id} | {' | '.join(_cell(value[name]) for name in names)} | {number} |"
    yield ""
    for (source, date), number in sources.items():
        yield f"{number}. {source} ({date})"
    yield ""


def _cell(value: Any) -> str:
    if value in _ABSENT:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Fact):
        return _cell(asdict(value))
    if isinstance(value, dict):
        return ", ".join(
            f"{key} {_cell(inner)}" for key, inner in cast("dict[str, Any]", value).items()
        )
    if isinstance(value, tuple):
        return ", ".join(map(str, cast("tuple[Any, ...]", value)))
    return str(value)
