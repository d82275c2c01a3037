"""Figures of a start."""

from __future__ import annotations

from math import ceil

from planning.coldstart import ColdStart
from planning.coldstart.budget import MARGIN, PROBE_PERIOD, waits_of
from planning.explain.value import About, Arithmetic, Figures, because, cited


def _stage(about: About, index: int) -> Arithmetic:
    stage = about.start.stages[index]
    seconds = stage.seconds
    lines = [f"{stage.name}: {stage.formula}" if stage.formula else stage.name]
    return because(
        *lines,
        *([stage.reason] if stage.reason else []),
        result=(seconds.low, seconds.expected, seconds.high) if seconds else None,
        sources=(stage.source,) if stage.source else (),
    )


def _expected(about: About, index: int) -> Arithmetic:
    return _sum(about.start, "expected")


def _low(about: About, index: int) -> Arithmetic:
    return _sum(about.start, "low")


def _high(about: About, index: int) -> Arithmetic:
    return _sum(about.start, "high")


def _sum(start: ColdStart, end: str) -> Arithmetic:
    known = [(stage.name, getattr(stage.seconds, end)) for stage in start.stages if stage.seconds]
    unknown = f"not known, and not in it: {', '.join(start.unknown)}"
    return because(
        " + ".join(f"{name} {seconds:.1f}" for name, seconds in known) or "nothing is known",
        *([unknown] if start.unknown else []),
        result=sum(seconds for _, seconds in known) if known else None,
        sources=("those of coldStart.stages",),
    )


def _saved(about: About, index: int) -> Arithmetic:
    lever, now = about.start.levers[index], about.start.seconds
    assert now is not None
    return because(
        f"{now:.1f} s - {lever.seconds:.1f} s with {lever.setting}", result=now - lever.seconds
    )


def _with_lever(about: About, index: int) -> Arithmetic:
    lever = about.start.levers[index]
    return because(
        f"the whole start computed again with {lever.setting}",
        result=lever.seconds,
    )


def _budget(about: About, index: int) -> Arithmetic:
    return because(about.start.budget_reason, result=about.start.budget_seconds)


def _probe(about: About, index: int) -> Arithmetic:
    probe = about.start.startup_probe
    return because(
        "of the container's own stages, as start.budget says or with the margin of budgetSeconds:",
        f"{probe.failure_threshold} periods of {probe.period_seconds} s",
        result=probe.failure_threshold * probe.period_seconds,
    )


def _deadline(about: About, index: int) -> Arithmetic:
    return because(
        f"{about.start.budget_seconds} s budget + {PROBE_PERIOD} s until the last probe is seen",
        result=about.start.budget_seconds + PROBE_PERIOD,
    )


def _stabilisation(about: About, index: int) -> Arithmetic:
    row, known = about.catalog.timings["hpa/scale-down"], _known(about)
    most = row.value.most or known
    return because(
        f"no less than {row.value.seconds:g} s, HPA's own, and than a start, {known} s with what "
        f"is known of it x {MARGIN:g}, since it might be needed again; at most {most:g} s",
        result=ceil(min(max(row.value.seconds, known), most)),
        sources=(cited("timing", row),),
    )


def _cooldown(about: About, index: int) -> Arithmetic:
    row, known = about.catalog.timings["keda/cooldown"], _known(about)
    return because(
        f"the larger of {row.value.seconds:g} s, KEDA's own, and a start, {known} s with what is "
        f"known of it x {MARGIN:g}",
        result=max(ceil(row.value.seconds), known),
        sources=(cited("timing", row),),
    )


def _known(about: About) -> int:
    return waits_of(about.start.case, about.start.stages, about.catalog).known


def _pre_stop(about: About, index: int) -> Arithmetic:
    case = about.start.case
    if case.pre_stop_seconds is not None:
        return because("as stop.preStop says", result=ceil(case.pre_stop_seconds))
    row = about.catalog.timings["cluster/propagation"]
    return because(
        "until nothing chooses the replica any more: gateway, kube-proxy, load balancer"
        if about.start.pre_stop_seconds
        else "nothing that is made here sends requests to the replica",
        result=about.start.pre_stop_seconds,
        sources=(cited("timing", row),),
    )


def _grace(about: About, index: int) -> Arithmetic:
    case, start = about.start.case, about.start
    if case.grace_period_seconds is not None:
        return because("as stop.gracePeriod says", result=ceil(case.grace_period_seconds))
    row = about.catalog.timings["cluster/teardown"]
    drain, teardown = ceil(case.drain_seconds), ceil(row.value.seconds)
    return because(
        f"{start.pre_stop_seconds} s preStop + {drain} s drain + {teardown} s until the process "
        "is gone",
        result=start.pre_stop_seconds + drain + teardown,
        sources=(cited("timing", row),),
    )


FIGURES: Figures = {
    "coldStart.seconds": _expected,
    "coldStart.lowSeconds": _low,
    "coldStart.highSeconds": _high,
    "coldStart.stages[].seconds": _stage,
    "coldStart.levers[].secondsSaved": _saved,
    "coldStart.levers[].seconds": _with_lever,
    "coldStart.budgetSeconds": _budget,
    "coldStart.startupProbeSeconds": _probe,
    "coldStart.progressDeadlineSeconds": _deadline,
    "coldStart.scaleDownStabilisationSeconds": _stabilisation,
    "coldStart.cooldownSeconds": _cooldown,
    "coldStart.preStopSeconds": _pre_stop,
    "coldStart.gracePeriodSeconds": _grace,
}
