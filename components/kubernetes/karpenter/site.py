"""Where nodes are launched: all that is known only once it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class NodeSite:
    """Values may be Pulumi Outputs; nobody here looks into them."""

    subnets: Mapping[str, Any]
    """Id of each zone's subnet for nodes."""
    security_group: Any
    """Id of the cluster's own."""
    instance_profile: Any = None
    """Name, of Karpenter's nodes."""
    node_role: Any = None
    """Name, of Auto Mode's nodes."""
    key_arn: Any = None
    """KMS key of the disks; None: AWS's own."""
    user_data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """By pool: what its nodes are told beside what Karpenter tells them."""
    placement_groups: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Name of the group, by pool."""
    tags: Mapping[str, str]
    """Of instances, disks and launch templates."""
