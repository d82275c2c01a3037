"""Promises that are being broken."""

from __future__ import annotations

from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.burn import BURNS, FAILED, SLOW, burning, slow, slow_bound
from components.kubernetes.monitoring.rule import Alert
from components.specs.cluster import KubernetesSpec

_NAMES = {
    "first_token": ("FirstTokenSloBurn", "first tokens"),
    "next_token": ("NextTokenSloBurn", "next tokens"),
}
_FAILED_BUDGET = 0.01
_SECONDS = 120


def slo_alerts(spec: KubernetesSpec) -> list[Alert]:
    """Slow tokens, where the stack file has an SLO; failed requests always."""
    return [*_slow(spec), *_failed(spec)]


def _slow(spec: KubernetesSpec) -> list[Alert]:
    made: list[Alert] = []
    for what, meaning in SLOW.items():
        bound = slow_bound(spec, meaning)
        if bound is None or meaning not in spec.observability.metrics.names:
            continue
        name, words = _NAMES[what]
        for burn in BURNS:
            share = burning(burn, 1 - spec.observability.slo_share)
            windows = [queries.recorded(spec, slow(what, w)) for w in (burn.long, burn.short)]
            made.append(
                Alert(
                    name=name,
                    expression=" and ".join(f"{window} > {share}" for window in windows),
                    seconds=_SECONDS,
                    severity=burn.severity,
                    summary=f"too many {words} are slow",
                    description=f"{{{{ $value | humanizePercentage }}}} of the {words} of the last "
                    f"{burn.long} took more than {bound} s.",
                )
            )
    return made


def _failed(spec: KubernetesSpec) -> list[Alert]:
    return [
        Alert(
            name="ErrorRate",
            expression=" and ".join(
                f"{queries.recorded(spec, FAILED + window)} > {burning(burn, _FAILED_BUDGET)}"
                for window in (burn.long, burn.short)
            ),
            seconds=_SECONDS,
            severity=burn.severity,
            summary="too many requests fail",
            description="{{ $value | humanizePercentage }} of the requests of the last "
            f"{burn.long} were answered with 5xx.",
        )
        for burn in BURNS
    ]
