"""Whether the cluster knows all that the objects say."""

from __future__ import annotations

from operations.preflight.cluster.client import Cluster
from operations.preflight.report import Finding
from planning.problems import Problem

NAME = "cluster-version"
FLOOR = (1, 30)
"""First minor whose `sleep` lifecycle action is on without a feature gate (beta, KEP-3960)."""


def version(cluster: Cluster, subject: str) -> tuple[Finding, ...]:
    found = cluster.version()
    said = f"Kubernetes {found[0]}.{found[1]}"
    problems = ()
    if found < FLOOR:
        problem = Problem(
            path="slipway:kubernetes",
            code="cluster-too-old",
            got=said,
            allowed=f"{FLOOR[0]}.{FLOOR[1]} or newer: pods wait in a `sleep` before they stop",
            fixes=("upgrade the cluster, or name another one in slipway:kubernetes.context",),
        )
        problems = (problem,)
    return (Finding(check=NAME, subject=subject, said=said, problems=problems),)
