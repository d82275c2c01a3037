"""Which levers can be pulled where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from planning.catalog import Catalog
from planning.coldstart.case import StartCase
from planning.coldstart.node import image_bytes
from planning.settings.start import Start

_FIELDS = ("image", "weights", "loader", "compile_cache", "graphs", "warm_nodes")


def with_possible_levers(case: StartCase, catalog: Catalog) -> StartCase:
    """Levers that cannot be pulled there save nothing."""
    left_out = {
        field: default_of(field)
        for field, value in chosen(case.levers)
        if impossible(case, catalog, field, value) is not None
    }
    if not left_out:
        return case
    return replace(case, levers=case.levers.model_copy(update=left_out))


def chosen(levers: Start) -> Iterator[tuple[str, Any]]:
    """Fields that differ from doing nothing special."""
    for field in _FIELDS:
        value = getattr(levers, field)
        if value != default_of(field):
            yield field, value


def default_of(field: str) -> Any:
    return Start.model_fields[field].default


def impossible(case: StartCase, catalog: Catalog, field: str, value: Any) -> str | None:
    """Why that choice cannot be made here; None where it can."""
    if case.target not in ("kubernetes", "eks"):
        return f"on the target {case.target} the start is not in the plan's hands"
    if field == "weights" and case.engine == "onnx":
        return "the model is converted before, and always lies in the image of onnx"
    if field in ("loader", "compile_cache", "graphs") and case.engine != "vllm":
        return f"only vllm has it, not {case.engine}"
    if (field, value) in (("image", "soci"), ("image", "snapshot")) and case.target != "eks":
        return "needs nodes that are made here: target eks"
    if (field, value) == ("image", "soci"):
        return _soci(case, catalog)
    if (field, value) == ("weights", "nvme"):
        return _nvme(case, catalog)
    return None


def _soci(case: StartCase, catalog: Catalog) -> str | None:
    least = catalog.timings["soci/disk"].value.seconds
    if case.disk_mib_per_second is not None and case.disk_mib_per_second < least:
        return (
            f"slower than a plain pull on a disk of {case.disk_mib_per_second} MiB/s; "
            f"from {least:g} MiB/s on"
        )
    return None


def _nvme(case: StartCase, catalog: Catalog) -> str | None:
    row = catalog.instances.get(case.instance or "")
    if row is None:
        return None
    disk = row.value.nvme_gb
    if disk is None:
        return f"{case.instance} has no NVMe disk"
    need = (case.weight_bytes + (image_bytes(case, catalog) or 0)) / 10**9
    if need > disk:
        return f"{need:.0f} GB of weights and image on {disk} GB of NVMe"
    return None
