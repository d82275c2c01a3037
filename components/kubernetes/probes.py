"""A container's probes, with the times that the plan derives from its start."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.specs.container import ContainerSpec, ProbeSpec

_HUNG_SECONDS = 10
"""A process that no longer answers has nothing to drain: without this kubelet would wait out the
whole grace period of the pod before it ends one that is stopped."""


def probes(container: ContainerSpec) -> Manifest:
    """Keys of a container. The other two wait for the startup probe's first success."""
    return {
        "startupProbe": probe(container.startup),
        "readinessProbe": probe(container.readiness),
        "livenessProbe": {
            **probe(container.liveness),
            "terminationGracePeriodSeconds": _HUNG_SECONDS,
        },
    }


def probe(spec: ProbeSpec) -> Manifest:
    return {
        "httpGet": {"path": spec.path, "port": spec.port, "scheme": "HTTP"},
        "periodSeconds": spec.period_seconds,
        "timeoutSeconds": spec.timeout_seconds,
        "failureThreshold": spec.failure_threshold,
    }
