"""Whether the nodes have the GPUs, whoever uses them now."""

from __future__ import annotations

from operations.preflight.cluster.client import Cluster
from operations.preflight.needs import GpuNeeds
from operations.preflight.report import Finding
from planning.problems import Problem

NAME = "cluster-gpus"


def gpus(cluster: Cluster, needs: GpuNeeds, subject: str) -> tuple[Finding, ...]:
    """A warning only: an autoscaler of nodes may bring what is missing."""
    nodes = cluster.objects("nodes", needs.selector)
    each = [int(node["status"].get("allocatable", {}).get(needs.resource, 0)) for node in nodes]
    pods = sum(count // needs.per_pod for count in each)
    said = f"room for {pods} pods of {needs.per_pod} {needs.resource} on {len(nodes)} nodes"
    problems = ()
    if pods < needs.pods:
        where = ",".join(f"{key}={value}" for key, value in needs.selector.items()) or "any node"
        problem = Problem(
            path="slipway:kubernetes",
            code="gpus-missing",
            got=f"{said} ({where})",
            allowed=f"room for {needs.pods}",
            fixes=(
                "{name: nvidia-device-plugin, install: true} in slipway:kubernetes.operators, "
                "if the nodes have GPUs",
                "add nodes, or let an autoscaler of nodes add them",
            ),
            severity="warning",
        )
        problems = (problem,)
    return (Finding(check=NAME, subject=subject, said=said, problems=problems),)
