"""The replicas: what one pod is given, where it runs, how it starts and leaves."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from components.specs.cluster import (
    BucketSpec,
    PlacementSpec,
    StoreKind,
    StoreSpec,
    TolerationSpec,
    WorkloadSpec,
)
from components.specs.engine import EngineSpec
from planning.architecture import Architecture
from planning.asked import beside_of
from planning.choice import Candidate
from planning.choice.host import gpu_memory_need
from planning.cluster.container import container_of
from planning.cluster.engine import cluster_threads
from planning.coldstart import ColdStart
from planning.settings import Settings
from planning.settings.pool import Pool, Toleration
from planning.settings.start import WeightPlace

HEADROOM = 1.25
"""Memory beyond the prediction: a pod that needs more is killed, and predictions were not measured
on this machine."""
COMPILED_BYTES = 10 << 30
"""Of a kept compile cache: room for several versions of a model. Not measured."""
STEP = 64 << 20
"""Memory is said in whole ones."""
CPU_OF_ENGINE, CPU_OF_GPU = 4, 2
"""Cores of an engine on GPUs, and more for each GPU: a choice."""
_GPU = "nvidia.com/gpu"
_STORES: Mapping[WeightPlace, StoreKind] = {
    "source": "fetched",
    "s3": "bucket",
    "volume": "volume",
    "nvme": "node",
    "baked": "image",
    "image-volume": "image-volume",
}
_INSTANCE_TYPE = "node.kubernetes.io/instance-type"


def workload_spec(
    settings: Settings,
    model: Architecture,
    chosen: Candidate,
    start: ColdStart,
    engine: EngineSpec,
    image: str | None,
) -> WorkloadSpec:
    cluster, container = settings.kubernetes, container_of(engine)
    disk = cluster.replica.disk
    return WorkloadSpec(
        name=engine.kind,
        image=image,
        engine=engine,
        container=container,
        replicas=chosen.replicas,
        cpu_millis=_cpu_millis(settings, chosen),
        memory_bytes=_memory_bytes(settings, model, chosen),
        disk_bytes=disk.bytes if disk else None,
        placement=_placement(settings, chosen),
        store=_store(settings, chosen),
        cache_bytes=COMPILED_BYTES if container.cache_mount else None,
        hub_token_secret=cluster.hub_token_secret,
        pre_stop_seconds=start.pre_stop_seconds,
        grace_seconds=start.grace_period_seconds,
        progress_deadline_seconds=start.progress_deadline_seconds,
        await_seconds=start.await_timeout_seconds,
    )


def workers(chosen: Candidate) -> int:
    """GPUs of a replica on one node."""
    return ceil(chosen.gpus_per_replica / chosen.nodes_per_replica)


def _cpu_millis(settings: Settings, chosen: Candidate) -> int:
    stated = settings.kubernetes.replica.cpu
    if stated is not None:
        return stated.millis
    if chosen.engine == "onnx":
        return 1000 * cluster_threads(settings)
    return 1000 * (CPU_OF_ENGINE + CPU_OF_GPU * workers(chosen))


def _memory_bytes(settings: Settings, model: Architecture, chosen: Candidate) -> int:
    stated = settings.kubernetes.replica.memory
    if stated is not None:
        return stated.bytes
    predicted = (
        chosen.memory.replica
        if chosen.memory
        else gpu_memory_need(model, workers(chosen), beside_of(settings))
    )
    return ceil(predicted * HEADROOM / STEP) * STEP


def _placement(settings: Settings, chosen: Candidate) -> PlacementSpec:
    gpus, pool = workers(chosen), settings.pool or Pool.model_construct()
    by_type = {_INSTANCE_TYPE: pool.instance_type} if pool.instance_type else {}
    # Nodes with GPUs are usually kept free of everything else by this taint.
    usual = (TolerationSpec(key=_GPU, value=None, effect="NoSchedule"),) if gpus else ()
    return PlacementSpec(
        node_selector={**by_type, **pool.node_labels},
        tolerations=(*usual, *map(_toleration, pool.tolerations)),
        gpus=gpus,
        gpu_resource=_GPU,
        priority_class=settings.kubernetes.priority_class,
    )


def _toleration(stated: Toleration) -> TolerationSpec:
    return TolerationSpec(key=stated.key, value=stated.value, effect=stated.effect)


def bucket_spec(settings: Settings) -> BucketSpec | None:
    """None: the stack file names none."""
    stated = settings.kubernetes.weights_bucket
    if stated is None:
        return None
    repository, _, revision = settings.models[0].source.text.removeprefix("hf:").partition("@")
    return BucketSpec(
        name=stated.name,
        region=stated.region,
        prefix=stated.prefix or f"{repository}/{revision}",
        role=stated.role,
    )


def _store(settings: Settings, chosen: Candidate) -> StoreSpec:
    if chosen.memory is not None:
        return StoreSpec(kind="image", size_bytes=chosen.memory.artefact)
    checkpoint = chosen.host.checkpoint_bytes if chosen.host else 0
    return StoreSpec(
        kind=_STORES[settings.start.weights],
        size_bytes=ceil(checkpoint * HEADROOM / STEP) * STEP,
        storage_class=settings.kubernetes.storage_class,
        image=settings.images.weights,
        bucket=bucket_spec(settings),
        access_mode=settings.kubernetes.access_mode,
    )
