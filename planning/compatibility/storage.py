"""Rules: the GPU runs the storage format of the weights."""

from __future__ import annotations

from collections.abc import Iterator

from planning.compatibility.subject import Subject, runner_of
from planning.problems import Problem


def gpu_runs_the_storage(subject: Subject) -> Iterator[Problem]:
    engine, gpu, storage = subject.engine, subject.gpu, subject.deployment.storage
    runner = runner_of(engine) if engine else None
    if gpu is None or storage is None or runner is None:
        return
    row = subject.catalog.quantization_support.get(f"{runner}/{storage}")
    path = subject.deployment.paths.storage
    there = f'"{storage}" with {runner} on {subject.gpu_name} ({gpu.architecture})'
    if row is None:
        yield Problem(
            path=path,
            code="storage-unknown",
            got=f"{there}, of which the catalog says nothing",
            allowed=", ".join(_run_by(subject, runner)),
            fixes=("choose one of these, or try it on one node first",),
            severity="warning",
        )
    elif gpu.architecture in row.value.stores:
        yield Problem(
            path=path,
            code="storage-only",
            got=f"{there}, which unpacks it before every multiplication",
            allowed=f"calculated in {storage} on {', '.join(row.value.computes)}",
            fixes=("nothing to do where memory is what counts", "or choose such a GPU for speed"),
            severity="advice",
        )
    elif gpu.architecture not in row.value.computes:
        good = ", ".join(dict.fromkeys((*row.value.computes, *row.value.stores)))
        yield Problem(
            path=path,
            code="storage-unsupported",
            got=there,
            allowed=f"{storage} on {good}; on {gpu.architecture} "
            + ", ".join(_run_by(subject, runner)),
            fixes=("choose weights in one of these formats", f"or a GPU of {good}"),
        )


def _run_by(subject: Subject, runner: str) -> list[str]:
    generation = subject.gpu.architecture if subject.gpu else None
    return [
        row.value.storage
        for row in subject.catalog.quantization_support.values()
        if row.value.engine == runner and generation in (*row.value.computes, *row.value.stores)
    ]
