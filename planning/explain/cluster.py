"""Figures of what is made on a cluster."""

from __future__ import annotations

from components.specs.cluster import KubernetesSpec
from planning.choice.host import gpu_memory_need
from planning.cluster.workload import CPU_OF_ENGINE, CPU_OF_GPU, HEADROOM, STEP, workers
from planning.explain.settings import stated
from planning.explain.value import About, Arithmetic, Figures, because, cited, many


def _spec(about: About) -> KubernetesSpec:
    assert about.plan.kubernetes is not None
    return about.plan.kubernetes


def _cpu(about: About, index: int) -> Arithmetic:
    result = _spec(about).workload.cpu_millis
    if about.plan.settings.kubernetes.replica.cpu is not None:
        return because("as slipway:kubernetes.replica.cpu says", result=result)
    threads = _spec(about).workload.engine.threads
    if threads is not None:
        return because(f"{many(threads, 'compute thread')} x 1,000", result=threads * 1000)
    gpus = workers(about.chosen)
    return because(
        f"{CPU_OF_ENGINE} cores of the engine + {many(gpus, 'GPU')} x {CPU_OF_GPU}: a choice",
        result=1000 * (CPU_OF_ENGINE + CPU_OF_GPU * gpus),
    )


def _memory(about: About, index: int) -> Arithmetic:
    if about.plan.settings.kubernetes.replica.memory is not None:
        return because(
            "as slipway:kubernetes.replica.memory says",
            result=_spec(about).workload.memory_bytes,
        )
    chosen = about.chosen
    predicted = (
        chosen.memory.replica if chosen.memory else gpu_memory_need(about.model, workers(chosen))
    )
    steps = -(-predicted * HEADROOM // STEP)
    return because(
        f"{predicted:,} bytes that a replica is predicted to need x {HEADROOM}",
        f"up to whole {STEP >> 20} MiB; a pod over its limit is killed",
        result=int(steps) * STEP,
    )


def _gpus(about: About, index: int) -> Arithmetic:
    chosen = about.chosen
    return because(
        f"{many(chosen.gpus_per_replica, 'GPU')} of a replica / "
        f"{many(chosen.nodes_per_replica, 'node')}",
        result=-(-chosen.gpus_per_replica // chosen.nodes_per_replica),
    )


def _grace(about: About, index: int) -> Arithmetic:
    timings = about.catalog.timings
    leave, end = timings["cluster/propagation"], timings["cluster/teardown"]
    drain = about.plan.settings.engine.drain.seconds
    return because(
        f"{leave.value.seconds:g} s until nobody chooses the pod + {drain:g} s drain + "
        f"{end.value.seconds:g} s to end",
        result=-(-leave.value.seconds // 1) + -(-drain // 1) + -(-end.value.seconds // 1),
        sources=(cited("timing", leave), cited("timing", end)),
    )


FIGURES: Figures = {
    "kubernetes.replicaCpuMillis": _cpu,
    "kubernetes.replicaMemoryBytes": _memory,
    "kubernetes.replicaGpus": _gpus,
    "kubernetes.gatewayReplicas": stated(
        "gateway.replicas", lambda about: about.plan.settings.gateway.replicas.minimum
    ),
    "kubernetes.gatewayMaxReplicas": stated(
        "gateway.replicas", lambda about: about.plan.settings.gateway.replicas.maximum
    ),
    "kubernetes.gatewayGraceSeconds": _grace,
}
