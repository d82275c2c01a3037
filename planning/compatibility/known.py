"""Rules: every name is a row, and Triton has the backend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planning.compatibility.subject import Subject
from planning.problems import Problem
from planning.spelling import nearest


def names_are_known(subject: Subject) -> Iterator[Problem]:
    chosen, catalog, paths = subject.deployment, subject.catalog, subject.deployment.paths
    names: tuple[tuple[str, str | None, Mapping[str, object], str], ...] = (
        (paths.engine, chosen.engine, catalog.engine_versions, "engine_versions.yaml"),
        (paths.gpu, chosen.gpu, catalog.gpus, "gpus.yaml"),
        (paths.instance, chosen.instance, catalog.instances, "instances/"),
        (paths.ami, chosen.ami, catalog.amis, "amis.yaml"),
        (paths.node_mode, chosen.node_mode, catalog.node_modes, "node_modes.yaml"),
        (
            paths.kubernetes,
            chosen.kubernetes,
            catalog.kubernetes_versions,
            "kubernetes_versions.yaml",
        ),
        (paths.hf_hardware, chosen.hf_hardware, catalog.hf_hardware, "hf_hardware.yaml"),
    )
    for path, name, table, file in names:
        if name is not None and name not in table:
            # A version is no misspelling of another one: its nearest is the newest.
            near = list(table)[-1] if path == paths.kubernetes else nearest(name, table)
            yield Problem(
                path=path,
                code="unknown-to-catalog",
                got=f'"{name}"',
                allowed=_some(table),
                fixes=(
                    *((f"write {near}",) if near else ()),
                    f"or add a row to planning/catalog/{file}, with source and date",
                ),
            )


def _some(table: Mapping[str, object]) -> str:
    names = list(table)
    return ", ".join(names) if len(names) <= 12 else f"one of {len(names)} rows: {names[0]}, ..."


def backend_is_there(subject: Subject) -> Iterator[Problem]:
    engine, wanted = subject.engine, subject.deployment.backend
    if engine is None or wanted is None or wanted in engine.backends:
        return
    others = [
        row.id
        for row in subject.catalog.engine_versions.values()
        if row.value.engine == engine.engine and wanted in row.value.backends
    ]
    yield Problem(
        path=subject.deployment.paths.backend,
        code="backend-missing",
        got=f'"{wanted}", which {subject.deployment.engine} does not have',
        allowed=", ".join(engine.backends) or f"nothing: {engine.engine} has no backends",
        fixes=tuple(f"choose {name}" for name in others)
        or ("convert the model to ONNX and write onnxruntime",),
    )
