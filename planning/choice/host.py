"""What a node needs beside its GPUs: RAM, shared memory and disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from planning.architecture import Architecture
from planning.architecture.weights import tensor_bytes, weight_bytes
from planning.choice.beside import SHARED, Beside, host_bytes
from planning.choice.site import Site
from planning.problems import Problem

_MIB, _GIB = 1 << 20, 1 << 30
_INSTANCE = "slipway:pools[0].instanceType"

# What a node keeps: the hypervisor's part as Karpenter 1.x reckons it (settings,
# vmMemoryOverheadPercent 0.075), 255 MiB and 11 MiB for each Pod that the node may have, and the
# limit below which Pods are evicted (amazon-eks-ami, nodeadm/internal/kubelet/config.go). Pods: at
# most 110, 250 from 30 vCPUs on (EKS user guide, maximum Pods). For what stands on every node
# (network, logs, GPU plugin): a choice.
OS_SHARE = 0.075
_FEW_PODS, _MANY_PODS, _MANY_VCPUS = 110, 250, 30
_EVICTION = 100 * _MIB
_DAEMONS = 512 * _MIB

# vLLM 0.33.0 maps safetensors files and copies tensor by tensor (model_loader/weight_utils.py,
# safetensors_weights_iterator), so that RAM need not hold a checkpoint: one whole tensor for each
# worker. What the processes themselves take was not measured: a choice.
SERVER = 4 * _GIB
WORKER = 2 * _GIB

# Between the engine and each of its workers a ring of 10 pieces of 24 MiB for each direction (vLLM
# 0.33.0, shm_broadcast.py and multiproc_executor.py); NCCL beside them: a choice. No less than what
# vLLM's own Kubernetes page gives (docs/deployment/k8s.md, sizeLimit 2Gi).
_RING = 10 * 24 * _MIB
_NCCL = _GIB
_LEAST_SHARED = 2 * _GIB


@dataclass(frozen=True, kw_only=True)
class Host:
    """Of one node with all replicas that run on it; bytes."""

    memory_needed: int
    """RAM, shared memory included."""
    memory_there: int | None
    """What a node leaves to Pods; None: not known (own nodes)."""
    shared_memory_bytes: int
    """Size of /dev/shm of one replica; 0: the container's own is enough."""
    checkpoint_bytes: int
    """The model's files, as they are downloaded."""
    image_bytes: int | None
    """Of the engine's image as it is pulled; None: not known, which is not 0."""
    disk_there: int | None
    """Local NVMe, or the volume that was named; None: not known."""


def memory_left(site: Site) -> int | None:
    """RAM that a node leaves to Pods, or an endpoint has; None: not known."""
    if site.memory_bytes is None or site.hf_hardware is not None:
        return site.memory_bytes
    pods = _MANY_PODS if (site.vcpus or 0) >= _MANY_VCPUS else _FEW_PODS
    kept = (255 + 11 * pods) * _MIB + _EVICTION + _DAEMONS
    return max(0, int(site.memory_bytes * (1 - OS_SHARE)) - kept)


def shared_memory(workers: int) -> int:
    """Of an engine with so many GPUs on one node, in whole GiB; a single one has no workers."""
    if workers == 1:
        return 0
    return max(_LEAST_SHARED, ceil(((workers + 1) * _RING + _NCCL) / _GIB) * _GIB)


def gpu_memory_need(model: Architecture, workers: int, beside: Sequence[Beside] = ()) -> int:
    """RAM of one replica with so many GPUs on a node, shared memory included."""
    engine = SERVER + workers * (WORKER + _largest_tensor(model)) + shared_memory(workers)
    return engine + host_bytes(beside, workers)


@lru_cache(maxsize=128)
def _largest_tensor(model: Architecture) -> int:
    return max(tensor_bytes(t, model.storage) // t.copies for t in model.tensors)


def gpu_host(
    model: Architecture,
    site: Site,
    image_bytes: int | None,
    workers: int,
    replicas: int,
    beside: Sequence[Beside] = (),
) -> Host:
    """Of a node on which `replicas` replicas run, each with `workers` of its GPUs."""
    return Host(
        memory_needed=replicas * gpu_memory_need(model, workers, beside),
        memory_there=memory_left(site),
        shared_memory_bytes=shared_memory(workers) + (SHARED if beside else 0),
        checkpoint_bytes=weight_bytes(model),
        image_bytes=image_bytes,
        disk_there=site.disk_bytes,
    )


def host_problems(host: Host, site: Site) -> Iterator[Problem]:
    """Does the node hold it beside the GPUs?"""
    there = host.memory_there
    if there is not None and host.memory_needed > there:
        yield Problem(
            path=_INSTANCE,
            code="host-memory-too-small",
            got=f"{_gib(host.memory_needed)} of RAM, {_gib(host.shared_memory_bytes)} of it for "
            "shared memory of each replica",
            allowed=f"{_gib(there)}, what {site.name} leaves to Pods",
            fixes=("take a size with more memory",),
        )
    elif there is not None and host.checkpoint_bytes > there - host.memory_needed:
        yield Problem(
            path=_INSTANCE,
            code="page-cache-too-small",
            got=f"weights of {_gib(host.checkpoint_bytes)} beside {_gib(host.memory_needed)} for "
            "processes",
            allowed=f"{_gib(there)} for both, so that a restart, and each worker after the first, "
            "reads them from RAM",
            fixes=("nothing to do where a slower start is fine", "or take a size with more memory"),
            severity="advice",
        )
    known = host.checkpoint_bytes + (host.image_bytes or 0)
    if host.disk_there is not None and known > host.disk_there:
        image = "an image of unknown size"
        if host.image_bytes is not None:
            image = f"an image of {_gib(host.image_bytes)} as pulled"
        yield Problem(
            path=_INSTANCE,
            code="disk-too-small",
            got=f"weights of {_gib(host.checkpoint_bytes)} and {image}",
            allowed=f"{_gib(host.disk_there)}, the disk of {site.name}",
            fixes=("take a size with more local disk", "or write a larger volume"),
        )


def _gib(size: int) -> str:
    return f"{size / _GIB:.1f} GiB"
