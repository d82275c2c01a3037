"""What is made on a cluster, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.space import size
from planning.report.cluster_document import BesidePart, CanaryPart, KubernetesPart


def cluster_rows(part: KubernetesPart) -> Iterator[tuple[str, str]]:
    """Name and text of each line."""
    made = "made with the stack" if part.create_namespace else "there already"
    yield "cluster", f"{part.name} in namespace {part.namespace} ({made})"
    gpus = f", {part.replica_gpus} GPUs" if part.replica_gpus else ""
    yield (
        "pod",
        f"{part.replica_cpu_millis / 1000:g} CPU, {size(part.replica_memory_bytes)} of RAM{gpus}; "
        f"weights: {part.store}",
    )
    for one in part.beside:
        yield "beside it", f"{one.name}: {_room(one)}; POST /v2/models/{one.name}/infer"
    if part.canary:
        yield "canary", _canary(part.canary)
    yield (
        "gateway",
        f"{_number(part)} x Envoy"
        + (f"; replicas by {part.autoscaler}" if part.autoscaler else ""),
    )
    for image in part.images:
        yield f"{image.role} image", image.reference + ("" if image.pinned else " (not pinned)")
    if part.builds:
        yield "built to", part.builds
    for one in part.releases:
        yield "operator", f"{one.name} {one.version} in {one.namespace} ({one.chart})"


def _room(one: BesidePart) -> str:
    if not one.memory_bytes:
        return "an ensemble"
    return f"{size(one.memory_bytes)} of {'each GPU' if one.on_gpu else 'RAM'}"


def _canary(canary: CanaryPart) -> str:
    gpus = f", {canary.replica_gpus} GPUs" if canary.replica_gpus else ""
    return (
        f"{canary.weight} % of requests: {canary.replicas} x {canary.engine_version}, "
        f"{canary.quantization}; {canary.replica_cpu_millis / 1000:g} CPU, "
        f"{size(canary.replica_memory_bytes)} of RAM{gpus}\n{canary.source}"
    )


def _number(part: KubernetesPart) -> str:
    least, most = part.gateway_replicas, part.gateway_max_replicas
    return str(least) if least == most else f"{least} to {most}"
