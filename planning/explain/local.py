"""Figures of processes on this machine that are worked out."""

from __future__ import annotations

from planning.explain.value import About, Arithmetic, Figures, because, cited


def _replicas(about: About, index: int) -> Arithmetic:
    assert about.plan.local is not None
    return because("scaling.replicas, else 1", result=about.plan.local.replicas)


def _threads(about: About, index: int) -> Arithmetic:
    local, machine = about.plan.local, about.plan.machine
    assert local is not None
    if about.plan.settings.engine.threads != "auto":
        return because("as engine.threads says", result=local.server.threads)
    if machine is None:
        return because("auto, without a look at this machine", result=1)
    return because(
        f"{machine.cpus} cores / {local.replicas} replicas, and at least 1",
        result=max(1, machine.cpus // local.replicas),
    )


def _ready(about: About, index: int) -> Arithmetic:
    row = about.catalog.engines["onnx"]
    process = row.value.process
    return because(
        "longest start of a replica before it counts as broken",
        result=process.ready_timeout_seconds if process else None,
        sources=(cited("engine", row),),
    )


def _format(about: About, index: int) -> Arithmetic:
    return because("version of the keys: docs/reference/plan-json.md", result=1)


FIGURES: Figures = {
    "formatVersion": _format,
    "engine.replicas": _replicas,
    "engine.threads": _threads,
    "engine.readyTimeoutSeconds": _ready,
}
