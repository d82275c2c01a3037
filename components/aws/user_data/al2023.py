"""Amazon Linux 2023: nodeadm's NodeConfig in a MIME message."""

from __future__ import annotations

from typing import Any

import yaml

from components.aws.user_data.address import ClusterAddress
from components.specs.aws import NodePoolSpec, TaintSpec

# The same for all, so that equal nodes have equal user data; it occurs in no part.
_BOUNDARY = "slipway-node-config"


def user_data(pool: NodePoolSpec, cluster: ClusterAddress | None) -> str:
    config = {"apiVersion": "node.eks.aws/v1alpha1", "kind": "NodeConfig"}
    text = yaml.safe_dump({**config, "spec": _spec(pool, cluster)}, sort_keys=False, width=1000)
    return (
        "MIME-Version: 1.0\n"
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"\n'
        "\n"
        f"--{_BOUNDARY}\n"
        "Content-Type: application/node.eks.aws\n"
        "\n"
        f"{text}\n"
        f"--{_BOUNDARY}--\n"
    )


def _spec(pool: NodePoolSpec, cluster: ClusterAddress | None) -> dict[str, Any]:
    spec: dict[str, Any] = {}
    if cluster is not None:
        spec["cluster"] = {
            "name": cluster.name,
            "apiServerEndpoint": cluster.endpoint,
            "certificateAuthority": cluster.certificate_authority,
            "cidr": cluster.service_cidr,
        }
        if kubelet := _kubelet(pool):
            spec["kubelet"] = kubelet
        # Karpenter has a word of its own for it, in its node class.
        if pool.local_disks:
            spec["instance"] = {"localStorage": {"strategy": "RAID0"}}
    if pool.fast_pull:
        spec["featureGates"] = {"FastImagePull": True}
    return spec


def _kubelet(pool: NodePoolSpec) -> dict[str, Any]:
    """Labels and taints are there from a node's first moment: no wrong pod slips in before."""
    labels = ",".join(f"{key}={value}" for key, value in sorted(pool.labels.items()))
    kubelet: dict[str, Any] = {}
    if pool.taints:
        kubelet["config"] = {"registerWithTaints": [_taint(taint) for taint in pool.taints]}
    if labels:
        kubelet["flags"] = [f"--node-labels={labels}"]
    return kubelet


def _taint(taint: TaintSpec) -> dict[str, str]:
    value = {} if taint.value is None else {"value": taint.value}
    return {"key": taint.key, **value, "effect": taint.effect}
