"""An operator from its Helm chart, as Pulumi sees it."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import ResourceOptions

from components.cluster.objects import versioned
from components.specs.cluster import ChartSpec


class Release(pulumi.CustomResource):
    """One Helm release; waits until its workloads are ready and undoes what failed."""

    def __init__(self, name: str, spec: ChartSpec, opts: ResourceOptions) -> None:
        properties: dict[str, Any] = {
            "name": spec.name,
            "namespace": spec.namespace,
            "createNamespace": True,
            "chart": spec.chart,
            "version": spec.version,
            "repositoryOpts": {"repo": spec.repository} if spec.repository else None,
            "values": dict(spec.values),
            "atomic": True,
        }
        super().__init__("kubernetes:helm.sh/v3:Release", name, properties, versioned(opts))
