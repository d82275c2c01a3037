"""A plan for a cluster to its part of the document."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.cluster import CanarySpec, KubernetesSpec
from planning.asked import beside_of
from planning.canary.planned import PlannedCanary
from planning.report.cluster_document import (
    BesidePart,
    CanaryPart,
    ImagePart,
    KubernetesPart,
    ReleasePart,
)
from planning.settings import Settings


def kubernetes_part(
    spec: KubernetesSpec, settings: Settings, canary: PlannedCanary | None
) -> KubernetesPart:
    workload, gateway = spec.workload, spec.gateway
    return KubernetesPart(
        name=spec.name,
        namespace=spec.namespace,
        create_namespace=spec.create_namespace,
        images=tuple(_images(spec)),
        builds=spec.build.repository if spec.build else None,
        arguments=workload.container.args,
        store=workload.store.kind,
        replica_cpu_millis=workload.cpu_millis,
        replica_memory_bytes=workload.memory_bytes,
        replica_gpus=workload.placement.gpus,
        beside=tuple(_beside(spec, settings)),
        canary=_canary(spec.canary, canary) if spec.canary and canary else None,
        gateway_replicas=gateway.replicas[0],
        gateway_max_replicas=gateway.replicas[1],
        gateway_grace_seconds=gateway.grace_seconds,
        autoscaler=spec.autoscaling.kind if spec.autoscaling else None,
        releases=tuple(
            ReleasePart(
                name=one.name, chart=one.chart, version=one.version, namespace=one.namespace
            )
            for one in spec.charts
        ),
    )


def _beside(spec: KubernetesSpec, settings: Settings) -> Iterator[BesidePart]:
    known = {one.name: one for one in beside_of(settings)}
    for name in spec.gateway.gateway.inference:
        one = known.get(name)
        yield BesidePart(
            name=name,
            on_gpu=one.on_gpu if one else False,
            memory_bytes=one.bytes if one else 0,
        )


def _canary(spec: CanarySpec, canary: PlannedCanary) -> CanaryPart | None:
    chosen, workload = canary.chosen, spec.workload
    if chosen is None:
        return None
    return CanaryPart(
        weight=spec.weight,
        source=canary.settings.models[0].source.text,
        engine_version=chosen.engine_version,
        quantization=chosen.quantization,
        replicas=workload.replicas[0],
        replica_cpu_millis=workload.cpu_millis,
        replica_memory_bytes=workload.memory_bytes,
        replica_gpus=workload.placement.gpus,
    )


def _images(spec: KubernetesSpec) -> Iterator[ImagePart]:
    named = (
        ("engine", spec.workload.image),
        ("canary", spec.canary.workload.image if spec.canary else None),
        ("weights", spec.workload.store.image),
        ("base", spec.build.base if spec.build else None),
        ("gateway", spec.gateway.image),
        ("limits", spec.gateway.limits.image if spec.gateway.limits else None),
        ("picker", spec.gateway.picker.image if spec.gateway.picker else None),
        ("counters", spec.gateway.limits.redis_image if spec.gateway.limits else None),
    )
    for role, reference in named:
        if reference is not None:
            yield ImagePart(role=role, reference=reference, pinned="@sha256:" in reference)
