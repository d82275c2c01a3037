"""Figures of a node beside its GPUs: RAM, shared memory, disk."""

from __future__ import annotations

from planning.asked import beside_of
from planning.choice import host as rules
from planning.choice.beside import SHARED, host_bytes
from planning.choice.host import Host
from planning.choice.site import Site
from planning.explain.value import About, Arithmetic, Figures, because, cited, many, of_model

_MIB, _GB = 1 << 20, 10**9
_RULES = "planning/choice/host.py, which names its sources"


def _needed(about: About, index: int) -> Arithmetic:
    chosen, host = about.chosen, _host(about)
    count = chosen.replicas_per_node
    if chosen.memory is not None:
        each = chosen.memory.replica
        return because(f"{many(count, 'replica')} x {each:,} bytes", result=count * each)
    workers = _workers(about)
    beside = beside_of(about.plan.settings)
    each = rules.gpu_memory_need(about.model, workers, beside)
    others = host_bytes(beside, workers)
    return because(
        f"{many(count, 'replica')} on a node, each {each:,} bytes: {rules.SERVER:,} of the server,",
        f"{many(workers, 'worker')} with {rules.WORKER:,} and the model's largest tensor,",
        f"and {host.shared_memory_bytes:,} of /dev/shm",
        *([f"and {others:,} in all for what engine.repository names"] if others else []),
        result=count * each,
        sources=(_RULES,),
    )


def _there(about: About, index: int) -> Arithmetic:
    name = about.chosen.instance
    if name is None:
        return because("not known: own nodes", result=None)
    row = about.catalog.instances[name]
    site = Site(
        gpu=row.value.gpu,
        gpus=row.value.gpus,
        memory_bytes=row.value.memory_mib * _MIB,
        vcpus=row.value.vcpus,
        usd_per_hour=None,
        list_usd=None,
    )
    return because(
        f"{row.value.memory_mib:,} MiB of {name}, without the hypervisor's share "
        f"({rules.OS_SHARE:.1%}), what the kubelet keeps for its Pods, and daemons",
        result=rules.memory_left(site),
        sources=(cited("instance", row), _RULES),
    )


def _shared(about: About, index: int) -> Arithmetic:
    if about.chosen.memory is not None:
        return because("one process shares nothing", result=0)
    workers = _workers(about)
    others = SHARED if beside_of(about.plan.settings) else 0
    if workers == 1 and not others:
        return because("one GPU on the node has no workers to share with", result=0)
    return because(
        f"rings between the engine and {workers} workers, and NCCL, in whole GiB",
        *([f"+ {others:,} for tensors of models beside it"] if others else []),
        result=rules.shared_memory(workers) + others,
        sources=(_RULES,),
    )


def _checkpoint(about: About, index: int) -> Arithmetic:
    return because(
        "the model's files: fit.weightsBytes as they are stored, not as loaded",
        result=_host(about).checkpoint_bytes,
        sources=of_model(about),
    )


def _image(about: About, index: int) -> Arithmetic:
    row = about.catalog.engine_versions[about.chosen.engine_version]
    return because(
        "the engine's image", result=_host(about).image_bytes, sources=(cited("engine", row),)
    )


def _disk(about: About, index: int) -> Arithmetic:
    name = about.chosen.instance
    row = about.catalog.instances[name] if name else None
    if row is None or row.value.nvme_gb is None:
        return because("the volume that is named", result=_host(about).disk_there)
    return because(
        f"{row.value.nvme_gb:,} GB of local NVMe",
        result=row.value.nvme_gb * _GB,
        sources=(cited("instance", row),),
    )


def _host(about: About) -> Host:
    assert about.chosen.host is not None
    return about.chosen.host


def _workers(about: About) -> int:
    """GPUs of a replica on one node."""
    return -(-about.chosen.gpus_per_replica // about.chosen.nodes_per_replica)


FIGURES: Figures = {
    "fit.host.memoryNeededBytes": _needed,
    "fit.host.memoryThereBytes": _there,
    "fit.host.sharedMemoryBytes": _shared,
    "fit.host.checkpointBytes": _checkpoint,
    "fit.host.imageBytes": _image,
    "fit.host.diskThereBytes": _disk,
}
