"""Whether the cluster has every kind of object that will be made, and who brings the others."""

from __future__ import annotations

from collections.abc import Mapping

from operations.preflight.cluster.client import Cluster
from operations.preflight.needs import ClusterNeeds
from operations.preflight.report import Finding
from planning.problems import Problem

NAME = "cluster-kinds"
_BRINGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "keda.sh": (
        "KEDA",
        (
            "{name: keda, install: true} in slipway:kubernetes.operators installs it",
            "a fixed number in slipway:scaling.replicas does without",
        ),
    ),
    "monitoring.coreos.com": (
        "the Prometheus operator",
        (
            "{name: kube-prometheus-stack, install: true} in slipway:kubernetes.operators "
            "installs it",
            "monitors: false and rules: false under slipway:observability do without",
        ),
    ),
    "leaderworkerset.x-k8s.io": (
        "LeaderWorkerSet",
        ("{name: lws, install: true} in slipway:kubernetes.operators installs it",),
    ),
    "gateway.networking.k8s.io": (
        "the Gateway API",
        (
            "install a controller of the Gateway API",
            "route: {kind: ingress, …} under slipway:kubernetes takes an Ingress",
        ),
    ),
}
"""API group -> who brings it, and what to do."""


def kinds(cluster: Cluster, needs: ClusterNeeds, subject: str) -> tuple[Finding, ...]:
    there = cluster.kinds()
    missing = [wanted for wanted in needs.kinds if wanted not in there]
    said = f"{len(needs.kinds) - len(missing)} of {len(needs.kinds)} kinds are there"
    problems = tuple(_problem(*wanted) for wanted in missing)
    return (Finding(check=NAME, subject=subject, said=said, problems=problems),)


def _problem(api_version: str, kind: str) -> Problem:
    group = api_version.partition("/")[0]
    who, fixes = _BRINGS.get(group, (f"what serves {api_version}", ("upgrade the cluster",)))
    return Problem(
        path="slipway:kubernetes",
        code="kind-missing",
        got=f"a cluster without {api_version} {kind}",
        allowed=f"a cluster with {who}",
        fixes=fixes,
    )
