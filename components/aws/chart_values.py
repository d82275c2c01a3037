"""What operators are told of the AWS that they run on; values may be Pulumi Outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def chart_values(
    *, cluster: str, region: str, vpc_id: Any, queue: Any | None
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
    }
