"""Nodes close together, for pools that Karpenter fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ResourceOptions
from pulumi_aws import ec2

from components.aws.component import AwsComponent


@dataclass(frozen=True, kw_only=True)
class PlacementsArgs:
    pools: tuple[str, ...]
    """Names."""
    tags: Mapping[str, str]


class Placements(AwsComponent):
    """A group for each pool."""

    resources: Mapping[str, ec2.PlacementGroup]

    def __init__(
        self, name: str, args: PlacementsArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("Placements", name, args.tags, opts)
        self.resources = {
            pool: ec2.PlacementGroup(
                self.named(pool), strategy="cluster", tags=self.tagged(pool), opts=self.child()
            )
            for pool in args.pools
        }
        self.register_outputs({})
