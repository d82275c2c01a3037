"""Rules: scaling to zero and back."""

from __future__ import annotations

from collections.abc import Iterator

from planning.coldstart.levers import sufficient
from planning.coldstart.subject import Subject, took
from planning.problems import Problem


def scale_to_zero_holds_the_slo(subject: Subject) -> Iterator[Problem]:
    """The request that wakes a replica waits for the whole start."""
    wishes, cold = subject.wishes, subject.cold
    if wishes.minimum_replicas > 0:
        return
    start = cold.total
    wake = subject.timing("keda/polling") if subject.on_cluster else 0.0
    if start is None:
        first = "a first answer after a start of which nothing is known"
    else:
        least = "at least " if cold.at_least else ""
        first = f"a first answer after {least}{took(start.expected + wake)} ({_parts(subject)})"
    slo = wishes.ttft_seconds
    broken = slo is not None and start is not None and start.expected + wake > slo
    sure = slo is not None and start is not None and not cold.at_least
    if sure and start is not None and slo is not None and start.high + wake <= slo:
        return
    keep = _never_to_zero(subject)
    if slo is None:
        allowed, fixes = "as long as nobody minds the first wait after a quiet time", (keep,)
    else:
        allowed = f"a first token within {took(slo)} at {wishes.percentile}"
        fixes = (keep, *_faster(subject, slo - wake))
    yield Problem(
        path=subject.paths.replicas,
        code="scale-to-zero-breaks-slo" if broken else "scale-to-zero-slow",
        got=f"scale to zero: {first}",
        allowed=allowed,
        fixes=fixes,
        severity="error" if broken else "warning",
    )
    if subject.case.target == "hf-endpoint":
        yield _endpoint(subject)


def request_can_be_held(subject: Subject) -> Iterator[Problem]:
    """What wakes a replica is silent until then, on every hop of its way."""
    front = subject.case.load_balancer
    row = subject.catalog.timings.get(f"{front}/idle")
    if subject.wishes.minimum_replicas > 0 or row is None or row.value.most is None:
        return
    start, most = subject.cold.total, row.value.most
    held = subject.timing("keda/polling") + (start.high if start else 0.0)
    if held > most:
        yield Problem(
            path=subject.paths.replicas,
            code="held-request-too-long",
            got=f"a request held up to {took(held)} for a start, behind {_NAMES[front]}",
            allowed=f"at most {most:g} s: {row.value.what}",
            fixes=(
                _never_to_zero(subject),
                *(f"or write {lever.setting}" for lever in subject.cold.levers[:1]),
            ),
        )


def stabilisation_covers_the_start(subject: Subject) -> Iterator[Problem]:
    most = subject.catalog.timings["hpa/scale-down"].value.most
    wishes, cold = subject.wishes, subject.cold
    scales = wishes.minimum_replicas != wishes.maximum_replicas
    if most is None or not scales or not subject.on_cluster or cold.total is None:
        return
    if cold.total.high <= most:
        return
    yield Problem(
        path=subject.paths.replicas,
        code="stabilisation-too-short",
        got=f"a start that may take {took(cold.total.high)}",
        allowed=f"at most {most:g} s: Kubernetes waits no longer before it takes a replica away, "
        "so that it goes before another could start",
        fixes=tuple(f"write {lever.setting}" for lever in cold.levers[:2])
        or (f"write {wishes.maximum_replicas}, so that none goes",),
        severity="warning",
    )


def _never_to_zero(subject: Subject) -> str:
    most = subject.wishes.maximum_replicas
    return f"write 1..{most}" if most > 1 else "write 1"


def _faster(subject: Subject, seconds: float) -> tuple[str, ...]:
    if seconds <= 0:
        wake = took(subject.timing("keda/polling"))
        return (f"no lever helps: it takes {wake} to notice that a request waits",)
    found = sufficient(subject.case, subject.catalog, seconds)
    if found is None:
        return (f"no lever brings every start below {took(seconds)}",)
    settings, high = found
    return (f"or write {', '.join(settings)}: at most {took(high)}",)


def _parts(subject: Subject) -> str:
    known = [one for one in subject.cold.stages if one.seconds and one.seconds.expected >= 0.5]
    texts = [f"{one.name} {took(one.seconds.expected)}" for one in known if one.seconds]
    if subject.on_cluster:
        texts.insert(0, f"noticed {took(subject.timing('keda/polling'))}")
    return ", ".join((*texts, *(f"{name} not known" for name in subject.cold.unknown)))


def _endpoint(subject: Subject) -> Problem:
    held = subject.cold.held_request_timeout_seconds
    return Problem(
        path=subject.paths.replicas,
        code="endpoint-answers-503",
        got="scale to zero on an Inference Endpoint",
        allowed="503 for every request while it wakes, unless the client asks to be held",
        fixes=(f"let clients send the header X-Scale-Up-Timeout: {held}", _never_to_zero(subject)),
        severity="warning",
    )


_NAMES = {"alb": "an ALB", "nlb": "an NLB", "api-gateway": "an API Gateway", "none": "nothing"}
