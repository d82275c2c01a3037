"""Waits, at its own end, until nothing of the cluster is left of what others have made for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pulumi
from pulumi import Input, ResourceOptions

from components.local.version import VERSION

Leftover = Literal["load-balancers", "security-groups", "instances", "volumes", "interfaces"]


class Drain(pulumi.CustomResource):
    """What controllers have made for the cluster is theirs to remove: Pulumi does not know of it.

    A destroy passes here once the objects are gone that asked for it, and before those are gone
    that remove it. It costs nothing and is nothing on AWS.
    """

    def __init__(
        self,
        name: str,
        *,
        region: str,
        cluster: str,
        vpc_id: Input[str],
        of: Sequence[Leftover],
        seconds: int,
        opts: ResourceOptions,
    ) -> None:
        properties: dict[str, Any] = {
            "region": region,
            "cluster": cluster,
            "vpcId": vpc_id,
            "of": list(of),
            "seconds": seconds,
        }
        own = ResourceOptions(version=VERSION)
        super().__init__("local:index:Drain", name, properties, ResourceOptions.merge(opts, own))
