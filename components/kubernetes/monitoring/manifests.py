"""The objects of `spec.observability`."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.kubernetes.monitoring.dashboard import dashboards
from components.kubernetes.monitoring.monitors import monitors
from components.kubernetes.monitoring.rules import rules
from components.specs.cluster import KubernetesSpec


def manifests(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """Monitors, rules and dashboards, each where it is asked for."""
    asked = spec.observability
    return (
        *(monitors(spec) if asked.monitors else ()),
        *((rules(spec),) if asked.rules else ()),
        *((dashboards(spec),) if asked.dashboards else ()),
    )
