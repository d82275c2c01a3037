"""Rules: a replica that leaves breaks no stream."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from planning.coldstart.stop import leaving
from planning.coldstart.subject import Subject
from planning.problems import Problem


def streams_are_drained(subject: Subject) -> Iterator[Problem]:
    if subject.case.engine == "vllm" and subject.case.drain_seconds == 0:
        yield Problem(
            path=subject.paths.drain,
            code="drain-missing",
            got="0s, with which vLLM aborts every running request when it is told to stop",
            allowed="the time that a long answer takes",
            fixes=("write 30s",),
        )


def pre_stop_covers_deregistration(subject: Subject) -> Iterator[Problem]:
    stop = leaving(subject.case, subject.catalog)
    if stop.pre_stop < stop.least_pre_stop:
        yield Problem(
            path=subject.paths.pre_stop,
            code="pre-stop-too-short",
            got=f"{stop.pre_stop} s before the engine is told to stop",
            allowed=f"at least {stop.least_pre_stop} s: {_last_to_learn(subject)}",
            fixes=(f"write {stop.least_pre_stop}s", "or leave it out: it is then computed"),
        )


def grace_covers_the_drain(subject: Subject) -> Iterator[Problem]:
    stop = leaving(subject.case, subject.catalog)
    if stop.grace < stop.least_grace:
        drain = subject.case.drain_seconds
        yield Problem(
            path=subject.paths.grace_period,
            code="grace-too-short",
            got=f"{stop.grace} s until a replica is killed",
            allowed=f"at least {stop.least_grace} s: {stop.pre_stop} s before the stop + "
            f"{drain:g} s drain + {stop.teardown} s to end",
            fixes=(f"write {stop.least_grace}s", *_shorter_drain(subject, stop.grace)),
        )


def spot_leaves_in_time(subject: Subject) -> Iterator[Problem]:
    """Between the notice and the end of the instance the whole grace period must fit."""
    if subject.wishes.capacity != "spot" or not subject.on_cluster:
        return
    stop = leaving(subject.case, subject.catalog)
    notice = subject.timing("spot/notice")
    most = floor(notice - stop.teardown)
    if stop.grace <= most:
        return
    yield Problem(
        path=subject.paths.drain,
        code="spot-grace-too-long",
        got=f"a grace period of {stop.grace} s on spot instances: {stop.pre_stop} s before the "
        f"stop + {subject.case.drain_seconds:g} s drain + {stop.teardown} s to end",
        allowed=f"at most {most} s: the notice comes {notice:g} s before, and the node needs "
        f"{stop.teardown} s of it",
        fixes=(*_shorter_drain(subject, most), "write capacity: on-demand"),
    )


def answers_outlive_no_front(subject: Subject) -> Iterator[Problem]:
    """A whole answer that is not streamed is silence until it comes."""
    front, timeout = subject.case.load_balancer, subject.wishes.request_timeout_seconds
    row = subject.catalog.timings.get(f"{front}/idle")
    if row is None or row.value.most is None or timeout <= row.value.most:
        return
    most = row.value.most
    yield Problem(
        path=subject.paths.request_timeout,
        code="answer-longer-than-front",
        got=f"answers that may take {timeout:g} s",
        allowed=f"at most {most:g} s: {row.value.what}",
        fixes=(f"write {floor(most)}s", "or stream such answers to clients that can"),
    )


def _shorter_drain(subject: Subject, grace: int) -> tuple[str, ...]:
    stop = leaving(subject.case, subject.catalog)
    rest = grace - stop.pre_stop - stop.teardown
    return (f"write {subject.paths.drain}: {rest}s",) if rest > 0 else ()


def _last_to_learn(subject: Subject) -> str:
    name = f"{subject.case.load_balancer}/deregistration"
    row = subject.catalog.timings.get(name, subject.catalog.timings["cluster/propagation"])
    return row.value.what
