"""Rules: a chosen lever can be pulled, and does what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planning.coldstart.levers import (
    NOTICED,
    expected,
    saved_seconds,
    setting,
    with_levers,
)
from planning.coldstart.possible import chosen, default_of, impossible
from planning.coldstart.stages import stages_of
from planning.coldstart.subject import Subject, took
from planning.problems import Problem
from planning.settings.start import Start


def levers_are_possible(subject: Subject) -> Iterator[Problem]:
    for field, value in chosen(subject.case.levers):
        reason = impossible(subject.case, subject.catalog, field, value)
        if reason is not None:
            yield Problem(
                path=_path(subject, field),
                code="start-lever-impossible",
                got=f"{value}",
                allowed=reason,
                fixes=(f"write {default_of(field)}, or leave it out",),
            )


def soci_has_its_disk(subject: Subject) -> Iterator[Problem]:
    case = subject.case
    if case.levers.image == "soci" and case.target == "eks" and case.disk_mib_per_second is None:
        least = subject.timing("soci/disk")
        yield Problem(
            path=_path(subject, "image"),
            code="soci-disk-not-known",
            got="soci, on nodes whose disk throughput is not known",
            allowed=f"at least {least:g} MiB/s, below which it is slower than a plain pull; a gp3 "
            "disk has 125 MiB/s unless more is paid",
            fixes=(f"give the nodes' root disk {least:g} MiB/s or more", "or write snapshot"),
            severity="warning",
        )


def levers_have_effect(subject: Subject) -> Iterator[Problem]:
    """Each beside the same start without it."""
    cold = subject.cold
    for field, value in chosen(subject.case.levers):
        if impossible(subject.case, subject.catalog, field, value) is not None:
            continue
        without = stages_of(with_levers(subject.case, (field, default_of(field))), subject.catalog)
        saved = saved_seconds(without, cold.stages)
        if saved is None or saved > NOTICED:
            continue
        slower = saved < -NOTICED
        why = _WHY.get((field, value), "it saves nothing here")
        yield Problem(
            path=_path(subject, field),
            code="start-lever-slower" if slower else "start-lever-idle",
            got=f"{value}, with which a start takes {took(expected(cold.stages))}",
            allowed=f"{took(expected(without))} without it: {why}",
            fixes=(f"leave {setting((field, value))} out", *_with_it(field, value)),
            severity="warning" if slower else "advice",
        )


def _path(subject: Subject, field: str) -> str:
    return f"{subject.paths.start}.{Start.model_fields[field].alias}"


def _with_it(field: str, value: Any) -> tuple[str, ...]:
    fix = _COMPANION.get((field, value))
    return (fix,) if fix else ()


_NEW_NODE = "a new node has nothing on its disk yet"
_WHY: dict[tuple[str, Any], str] = {
    ("image", "prepulled"): _NEW_NODE,
    ("weights", "nvme"): _NEW_NODE,
    ("weights", "baked"): "the weights are pulled with the image, slower than from the hub",
    ("weights", "image-volume"): "the image of the weights is pulled, slower than from the hub",
    ("weights", "s3"): "vLLM's own loader reads no S3, so they are downloaded first",
    ("loader", "streamer"): "it was measured on volumes and S3, not on a file just downloaded",
}
_COMPANION: dict[tuple[str, Any], str] = {
    ("image", "prepulled"): "or keep a node: write slipway:start.warmNodes: 1",
    ("weights", "nvme"): "or keep a node: write slipway:start.warmNodes: 1",
    ("weights", "baked"): "or bring the image without a pull: write slipway:start.image: snapshot",
    ("weights", "s3"): "or read it straight: write slipway:start.loader: streamer",
    ("loader", "streamer"): "or put the weights where it reads: write slipway:start.weights: s3",
}
