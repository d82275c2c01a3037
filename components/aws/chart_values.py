"""What operators are told of the AWS that they run on; values may be Pulumi Outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def chart_values(
    *, cluster: str, region: str, vpc_id: Any, queue: Any | None, workspace: str | None
) -> Mapping[str, Mapping[str, Any]]:
    """By the chart's name. Pods do not reach the instance's metadata, so all of it is said."""
    return {
        "aws-load-balancer-controller": {
            "clusterName": cluster,
            "region": region,
            "vpcId": vpc_id,
            # It would have to answer before any other operator could make a Service.
            "enableServiceMutatorWebhook": False,
        },
        "karpenter": {
            "settings": {
                "clusterName": cluster,
                **({} if queue is None else {"interruptionQueue": queue}),
            },
        },
        **({} if workspace is None else {"kube-prometheus-stack": _writes_to(workspace)}),
    }


def _writes_to(workspace: str) -> Mapping[str, Any]:
    """Values by which Prometheus signs what it writes, by its pod's own role."""
    _, partition, _, region, _, name = workspace.split(":", 5)
    domain = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    url = f"https://aps-workspaces.{region}.{domain}/workspaces/{name.partition('/')[2]}"
    remote = {"url": f"{url}/api/v1/remote_write", "sigv4": {"region": region}}
    return {"prometheus": {"prometheusSpec": {"remoteWrite": [remote]}}}
