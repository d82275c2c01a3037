"""Whether what the stack uses, and does not make, is there."""

from __future__ import annotations

from operations.preflight.cluster.client import Cluster
from operations.preflight.needs import ClusterNeeds
from operations.preflight.report import Finding
from planning.problems import Problem
from planning.spelling import nearest

NAME = "cluster-objects"


def objects(cluster: Cluster, needs: ClusterNeeds, subject: str) -> tuple[Finding, ...]:
    problems: list[Problem] = []
    for kind, name in needs.objects:
        there = cluster.names(kind)
        if name not in there:
            problems.append(_problem(kind, name, there))
    said = f"{len(needs.objects) - len(problems)} of {len(needs.objects)} are there"
    return (Finding(check=NAME, subject=subject, said=said, problems=tuple(problems)),)


def _problem(kind: str, name: str, there: set[str]) -> Problem:
    meant = nearest(name, there)
    return Problem(
        path="slipway:kubernetes",
        code="object-missing",
        got=f"no {kind} {name}",
        allowed=", ".join(sorted(there)) or f"one that is there; the cluster has no {kind}",
        fixes=(f"did you mean {meant}?" if meant else f"make {kind} {name} first",),
    )
