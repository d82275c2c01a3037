"""Figures of what is made on a cluster."""

from __future__ import annotations

from dataclasses import replace

from components.specs.cluster import KubernetesSpec
from planning.asked import beside_of
from planning.choice.host import gpu_memory_need
from planning.cluster.workload import CPU_OF_ENGINE, CPU_OF_GPU, HEADROOM, STEP, workers
from planning.explain.settings import stated
from planning.explain.value import (
    About,
    Arithmetic,
    Explainer,
    Figures,
    Result,
    because,
    cited,
    many,
)


def _spec(about: About) -> KubernetesSpec:
    plan = about.plan
    spec = plan.kubernetes or (plan.eks.serving if plan.eks else None)
    assert spec is not None
    return spec


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
        chosen.memory.replica
        if chosen.memory
        else gpu_memory_need(about.model, workers(chosen), beside_of(about.plan.settings))
    )
    steps = -(-predicted * HEADROOM // STEP)
    return because(
        f"{predicted:,} bytes that a replica is predicted to need x {HEADROOM}",
        f"up to whole {STEP >> 20} MiB; a pod over its limit is killed",
        result=int(steps) * STEP,
    )


def _beside(about: About, index: int) -> Arithmetic:
    model = about.plan.settings.engine.repository[index]
    if model.memory is None:
        return because("an ensemble runs nothing itself", result=0)
    count, each = model.instances.count, model.memory.bytes
    return because(
        f"{many(count, 'instance')} x {each:,} bytes, as engine.repository says: nothing predicts "
        "it",
        result=count * each,
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
    edge = about.plan.eks.edge if about.plan.eks else None
    front = timings[f"{edge.kind}/deregistration"] if edge else leave
    slower = max(leave, front, key=lambda row: row.value.seconds)
    drain = about.plan.settings.engine.drain.seconds
    return because(
        f"{slower.value.seconds:g} s until nobody chooses the pod + {drain:g} s drain + "
        f"{end.value.seconds:g} s to end",
        result=-(-slower.value.seconds // 1) + -(-drain // 1) + -(-end.value.seconds // 1),
        sources=(cited("timing", slower), cited("timing", end)),
    )


def _of_canary(explain: Explainer) -> Explainer:
    """The same figure of the canary, as if it were the stack."""

    def explained(about: About, index: int) -> Arithmetic:
        spec, canary = _spec(about), about.plan.canary
        assert canary is not None and spec.canary is not None
        alone = replace(
            about.plan,
            settings=canary.settings,
            known=canary.known.row,
            architecture=canary.architecture,
            placed=canary.placed,
            kubernetes=replace(spec, workload=spec.canary.workload),
        )
        return explain(replace(about, plan=alone), index)

    return explained


def _weight(about: About) -> Result:
    canary = about.plan.settings.canary
    return canary.weight if canary else None


_POD: Figures = {"replicaCpuMillis": _cpu, "replicaMemoryBytes": _memory, "replicaGpus": _gpus}
FIGURES: Figures = {
    **{f"kubernetes.{name}": explain for name, explain in _POD.items()},
    **{f"kubernetes.canary.{name}": _of_canary(explain) for name, explain in _POD.items()},
    "kubernetes.canary.weight": stated("canary.weight", _weight),
    "kubernetes.canary.replicas": _of_canary(
        stated("canary.replicas", lambda about: about.chosen.replicas[0])
    ),
    "kubernetes.beside[].memoryBytes": _beside,
    "kubernetes.gatewayReplicas": stated(
        "gateway.replicas", lambda about: about.plan.settings.gateway.replicas.minimum
    ),
    "kubernetes.gatewayMaxReplicas": stated(
        "gateway.replicas", lambda about: about.plan.settings.gateway.replicas.maximum
    ),
    "kubernetes.gatewayGraceSeconds": _grace,
}
