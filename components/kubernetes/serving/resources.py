"""What one pod is promised and what it may take."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.kubernetes.quantity import of_bytes, of_millis
from components.specs.cluster import WorkloadSpec

_EFA = "vpc.amazonaws.com/efa"


def resources(workload: WorkloadSpec) -> Manifest:
    """Memory, disk and GPUs are held to what is promised. A processor is promised, not bounded:
    loading and compiling take what is idle, and nobody loses by it."""
    bounded = {"memory": of_bytes(workload.memory_bytes)}
    if disk := _disk_bytes(workload):
        bounded["ephemeral-storage"] = of_bytes(disk)
    if workload.placement.gpus:
        bounded[workload.placement.gpu_resource] = str(workload.placement.gpus)
    if workload.placement.efa:
        bounded[_EFA] = str(workload.placement.efa)
    return {"requests": {"cpu": of_millis(workload.cpu_millis), **bounded}, "limits": bounded}


def _disk_bytes(workload: WorkloadSpec) -> int:
    """Of the node's disk: scratch folders, and weights that lie beside them."""
    if workload.disk_bytes is None:
        return 0
    fetched = workload.store.size_bytes if workload.store.kind == "fetched" else 0
    return workload.disk_bytes + fetched
