"""Operators of a cluster that the stack makes itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pulumi
from pulumi import ResourceOptions

from components.cluster.charts import Release
from components.cluster.objects import Cluster
from components.specs.cluster import ChartSpec


@dataclass(frozen=True, kw_only=True)
class OperatorsArgs:
    """What Operators are made from."""

    charts: tuple[ChartSpec, ...]
    values: Mapping[str, Mapping[str, object]]
    """What is known only now, by the chart's name; leaves may be Outputs."""
    cluster: Cluster
    after: tuple[pulumi.Resource, ...]
    """What their pods need: nodes, add-ons, rights."""


class Operators(pulumi.ComponentResource):
    """Each a Helm release."""

    resources: tuple[Release, ...]

    def __init__(self, name: str, args: OperatorsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("slipway:kubernetes:Operators", name, {}, opts)
        child = ResourceOptions(parent=self, provider=args.cluster, depends_on=[*args.after])
        self.resources = tuple(
            Release(f"{name}-{chart.name}", _told(chart, args.values), child)
            for chart in args.charts
        )
        self.register_outputs({})


def _told(chart: ChartSpec, values: Mapping[str, Mapping[str, object]]) -> ChartSpec:
    return replace(chart, values=values.get(chart.name, chart.values))
