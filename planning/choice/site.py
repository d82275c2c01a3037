"""Where replicas could run: instances, endpoint hardware, own nodes, this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from planning.catalog import Catalog
from planning.catalog.rows.hardware import InstanceFacts
from planning.choice.wanted import Wanted

_OWN_NODE_SIZES = (1, 2, 4, 8)
_MIB, _GB = 1 << 20, 10**9


@dataclass(frozen=True, kw_only=True)
class Site:
    """One kind of node, priced."""

    gpu: str | None
    gpus: int
    """Of one node; 0 on CPU."""
    instance: str | None = None
    hf_hardware: str | None = None
    memory_bytes: int | None = None
    """RAM, as its seller states it; None: not known."""
    disk_bytes: int | None = None
    """Local NVMe, or the volume that was named; None: not known."""
    vcpus: int | None = None
    efa: bool = False
    usd_per_hour: Decimal | None
    """Of one node, for the capacity that is wanted."""
    list_usd: Decimal | None
    """On demand: what spot costs at most; orders what has no price of its own."""
    unpriced: str | None = None
    """Why `usd_per_hour` is None."""

    @property
    def name(self) -> str:
        return self.instance or self.hf_hardware or f"{self.gpus} x {self.gpu}"


def sites(wanted: Wanted, catalog: Catalog, *, on_cpu: bool) -> Iterator[Site]:
    """Every kind of node that the target offers and the wish allows; unknown names give none."""
    if wanted.target == "local":
        yield Site(gpu=None, gpus=0, usd_per_hour=Decimal(0), list_usd=Decimal(0))
    elif wanted.target == "hf-endpoint":
        yield from _endpoints(wanted, catalog, on_cpu)
    elif wanted.target == "kubernetes" and wanted.instance is None:
        yield from _own(wanted, catalog, on_cpu)
    else:
        yield from _instances(wanted, catalog, on_cpu)


def _own(wanted: Wanted, catalog: Catalog, on_cpu: bool) -> Iterator[Site]:
    reason = "own nodes: what they cost is not known here"
    sizes = (wanted.gpus_per_node,) if wanted.gpus_per_node else _OWN_NODE_SIZES
    for gpu in catalog.gpus if wanted.gpu is None else {wanted.gpu} & set(catalog.gpus):
        for gpus in () if on_cpu else sizes:
            yield Site(
                gpu=gpu,
                gpus=gpus,
                disk_bytes=wanted.disk_bytes,
                usd_per_hour=None,
                list_usd=None,
                unpriced=reason,
            )
    if on_cpu:
        yield Site(
            gpu=None,
            gpus=0,
            disk_bytes=wanted.disk_bytes,
            usd_per_hour=None,
            list_usd=None,
            unpriced=reason,
        )


def _endpoints(wanted: Wanted, catalog: Catalog, on_cpu: bool) -> Iterator[Site]:
    for name, row in catalog.hf_hardware.items():
        vendor = name.partition("/")[0]
        if wanted.hf_hardware not in (None, name) or wanted.hf_vendor not in (None, vendor):
            continue
        if wanted.hf_hardware is None and wanted.gpu not in (None, row.value.gpu):
            continue
        if (row.value.gpu is None) is not on_cpu:
            continue
        usd, memory = row.value.usd_per_hour, row.value.memory_gb
        yield Site(
            gpu=row.value.gpu,
            gpus=row.value.gpus,
            hf_hardware=name,
            memory_bytes=int(memory * _GB) if memory else None,
            vcpus=row.value.vcpus,
            usd_per_hour=usd,
            list_usd=usd,
        )


def _instances(wanted: Wanted, catalog: Catalog, on_cpu: bool) -> Iterator[Site]:
    for name, row in catalog.instances.items():
        facts = row.value
        # A type that is named is judged whatever it has: the rules say what is wrong with it.
        if wanted.instance != name and (
            wanted.instance is not None
            or (facts.gpu is None) is not on_cpu
            or (not on_cpu and facts.gpus == 0)
            or wanted.gpu not in (None, facts.gpu)
        ):
            continue
        yield _instance(name, facts, wanted, catalog)


def _instance(name: str, facts: InstanceFacts, wanted: Wanted, catalog: Catalog) -> Site:
    price = catalog.on_demand(name, wanted.region)
    listed = price.value.usd_per_hour if price else None
    reason = None
    if wanted.capacity != "on-demand":
        most = f"; on demand it is ${listed}/h" if listed else ""
        reason = f"what {wanted.capacity} costs in {wanted.region} is not known here{most}"
    elif listed is None:
        reason = f"no on-demand price of {name} in {wanted.region} is known"
    return Site(
        gpu=facts.gpu,
        gpus=facts.gpus,
        instance=name,
        memory_bytes=facts.memory_mib * _MIB,
        disk_bytes=facts.nvme_gb * _GB if facts.nvme_gb else wanted.disk_bytes,
        vcpus=facts.vcpus,
        efa=facts.efa is not None,
        usd_per_hour=None if reason else listed,
        list_usd=listed,
        unpriced=reason,
    )
