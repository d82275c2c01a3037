"""One rule of Prometheus: a series that it records, or an alert that it raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from components.kubernetes.manifest import Manifest
from components.specs.cluster import KubernetesSpec


@dataclass(frozen=True, kw_only=True)
class Record:
    """A series of the stack under a name of ours."""

    name: str
    expression: str


@dataclass(frozen=True, kw_only=True)
class Alert:
    """Somebody is told, and has a page to work by."""

    name: str
    expression: str
    seconds: int
    """How long it must hold."""
    severity: Literal["critical", "warning"]
    """`critical`: clients notice it now. `warning`: they will, or it costs."""
    summary: str
    description: str
    """May use Prometheus' templates."""


def as_rule(spec: KubernetesSpec, rule: Record | Alert) -> Manifest:
    """In the words of a PrometheusRule."""
    stack = {"namespace": spec.namespace, "job": spec.name}
    if isinstance(rule, Record):
        return {"record": rule.name, "expr": rule.expression, "labels": stack}
    return {
        "alert": rule.name,
        "expr": rule.expression,
        "for": f"{rule.seconds}s",
        "labels": {"severity": rule.severity, **stack},
        "annotations": {
            "summary": f"{spec.name}: {rule.summary}",
            "description": rule.description,
            "runbook_url": f"{spec.observability.runbooks}/{runbook(rule.name)}.md",
        },
    }


def runbook(alert: str) -> str:
    """`NoReadyReplica` -> `no-ready-replica`."""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", alert).lower()
