"""Rules: the engine runs on that GPU."""

from __future__ import annotations

from collections.abc import Iterator

from planning.compatibility.subject import Subject
from planning.compatibility.versions import older
from planning.problems import Problem


def engine_has_a_gpu(subject: Subject) -> Iterator[Problem]:
    engine, instance = subject.engine, subject.instance
    if engine is not None and engine.engine != "onnx":
        yield from _endpoint_without(subject, engine.engine)
    if engine is None or instance is None or engine.engine == "onnx" or instance.gpus:
        return
    slices = instance.gpu is not None
    yield Problem(
        path=subject.deployment.paths.instance,
        code="gpu-slice" if slices else "gpu-missing",
        got=f"{subject.deployment.instance}, "
        + (f"a slice of one {instance.gpu}" if slices else "which has no GPU"),
        allowed=f"an instance type with whole GPUs for {engine.engine}",
        fixes=tuple(f"write {name}" for name in _cheapest(subject, instance.gpu)),
    )


def _endpoint_without(subject: Subject, engine: str) -> Iterator[Problem]:
    name = subject.deployment.hf_hardware
    row = subject.catalog.hf_hardware.get(name or "")
    if row is not None and row.value.gpu is None:
        yield Problem(
            path=subject.deployment.paths.hf_hardware,
            code="gpu-missing",
            got=f"{name}, which has no GPU",
            allowed=f"hardware with GPUs for {engine}",
            fixes=("leave it out: the cheapest that fits is chosen", "or write engine.kind: onnx"),
        )


def _cheapest(subject: Subject, gpu: str | None) -> list[str]:
    """The two cheapest types with whole GPUs of that kind, or of any kind."""
    rows = subject.catalog.instances
    priced = [
        (price.value.usd_per_hour, name)
        for name, row in rows.items()
        if row.value.gpus
        and gpu in (None, row.value.gpu)
        and (price := subject.catalog.on_demand(name, subject.deployment.region or ""))
    ]
    return [name for _, name in sorted(priced)[:2]] or ["a type of another family"]


def engine_supports_gpu(subject: Subject) -> Iterator[Problem]:
    engine, gpu = subject.engine, subject.gpu
    if engine is None or gpu is None:
        return
    least = engine.min_capability
    if engine.generations and gpu.architecture not in engine.generations:
        allowed = f"GPUs of the generations {', '.join(engine.generations)}"
    elif least is not None and older(gpu.compute_capability, least):
        allowed = f"compute capability {least} or higher"
    else:
        return
    yield Problem(
        path=subject.deployment.paths.engine,
        code="gpu-unsupported",
        got=f"{subject.deployment.engine} on {subject.gpu_name} "
        f"({gpu.architecture}, compute capability {gpu.compute_capability})",
        allowed=allowed,
        fixes=("choose another GPU", "or another engine, such as vllm"),
    )


def cuda_knows_gpu(subject: Subject) -> Iterator[Problem]:
    engine, gpu = subject.engine, subject.gpu
    if engine is None or gpu is None or engine.cuda is None or gpu.min_cuda is None:
        return
    if older(engine.cuda, gpu.min_cuda):
        yield Problem(
            path=subject.deployment.paths.engine,
            code="cuda-too-old",
            got=f"{subject.deployment.engine}, built with CUDA {engine.cuda}",
            allowed=f"CUDA {gpu.min_cuda} or newer, the first that makes code for "
            f"{subject.gpu_name} (compute capability {gpu.compute_capability})",
            fixes=("choose a newer image", "or a GPU of an older generation"),
        )
