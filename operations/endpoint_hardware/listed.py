"""What the API lists, and what of it can be a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from operations.preflight.reply import Reply
from planning.catalog.rows.hardware import HfHardwareFacts, HfHardwareRow

_KEPT = ("available", "low_availability", "not_available", "reserved")
"""Statuses that change by the hour: what is there today is the pre-flight's question."""
_ENDED = "deprecated"


class Listed(Reply):
    """One entry of `list_inference_endpoints_hardware`, by the client's names."""

    vendor: str
    region: str
    accelerator: str
    instance_type: str
    instance_size: str
    num_accelerators: Annotated[int, Field(ge=0)]
    num_cpus: Annotated[int, Field(gt=0)] | None
    memory_gb: Annotated[float, Field(gt=0, strict=False)]
    price_per_hour: Annotated[float, Field(gt=0, strict=False)]
    status: str

    @property
    def name(self) -> str:
        """As in hf_hardware.yaml."""
        return f"{self.vendor}/{self.instance_type}/{self.instance_size}"


def facts_of(
    listed: Iterable[Listed], known: Mapping[str, HfHardwareRow]
) -> tuple[dict[str, HfHardwareFacts], list[str]]:
    """Facts by name, and why the rest of what is listed gives none."""
    regions: dict[str, list[Listed]] = {}
    for one in listed:
        regions.setdefault(one.name, []).append(one)
    gpus = {name.split("/")[1]: row.value.gpu for name, row in known.items() if row.value.gpu}
    facts: dict[str, HfHardwareFacts] = {}
    refused: list[str] = []
    for name, entries in regions.items():
        reason = _refused(entries, gpus)
        if reason is None:
            facts[name] = _facts(entries, gpus)
        else:
            refused.append(f"{name}: {reason}")
    return facts, refused


def _refused(entries: Sequence[Listed], gpus: Mapping[str, str | None]) -> str | None:
    first = entries[0]
    if first.accelerator not in ("cpu", "gpu"):
        return f"accelerator {first.accelerator}, which no engine here runs on"
    if first.accelerator == "gpu" and first.instance_type not in gpus:
        return "a GPU that no row names yet: write its first row by hand"
    if len({(one.accelerator, one.num_accelerators, one.num_cpus) for one in entries}) > 1:
        return f"of another shape in each of {', '.join(one.region for one in entries)}"
    strange = sorted({one.status for one in entries} - {*_KEPT, _ENDED})
    return f"status {', '.join(strange)}, which is not known here" if strange else None


def _facts(entries: Sequence[Listed], gpus: Mapping[str, str | None]) -> HfHardwareFacts:
    first, has_gpu = entries[0], entries[0].accelerator == "gpu"
    return HfHardwareFacts(
        gpu=gpus[first.instance_type] if has_gpu else None,
        gpus=first.num_accelerators if has_gpu else 0,
        vcpus=first.num_cpus,
        memory_gb=min(one.memory_gb for one in entries),
        usd_per_hour=max(Decimal(str(one.price_per_hour)) for one in entries),
        status="deprecated" if all(one.status == _ENDED for one in entries) else "listed",
    )
