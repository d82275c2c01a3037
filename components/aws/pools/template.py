"""How an instance of a group is started."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import Input, Output
from pulumi_aws import ec2

from components.specs.aws import DiskSpec, NodePoolSpec
from components.specs.aws.node_groups import NodeGroup

_TAGGED = ("instance", "network-interface", "volume")


@dataclass(frozen=True, kw_only=True)
class InstanceArgs:
    """What all instances of a pool have in common."""

    pool: NodePoolSpec
    image_id: Input[str]
    user_data: Input[str]
    """As text."""
    security_group: Input[str]
    """Of the cluster. EKS lets its members talk, EFA included."""
    placement_group: Input[str] | None
    """Name; None: anywhere in the zone."""


def template_args(
    args: InstanceArgs, group: NodeGroup, tags: Mapping[str, str], instance_tags: Mapping[str, str]
) -> ec2.LaunchTemplateArgs:
    """`tags` are the template's own, `instance_tags` of what it starts."""
    pool = args.pool
    return ec2.LaunchTemplateArgs(
        image_id=args.image_id,
        # EKS wants the type of a block here, any other's at the group.
        instance_type=_block_type(pool, group),
        user_data=Output.from_input(args.user_data).apply(_base64),
        block_device_mappings=_disks(pool),
        # A pod has a network of its own, so it is a hop further than its node: it gets nothing.
        metadata_options=ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
        ),
        vpc_security_group_ids=None if pool.efa_interfaces else [args.security_group],
        network_interfaces=_interfaces(pool.efa_interfaces, args.security_group) or None,
        placement=_placement(args.placement_group),
        instance_market_options=_market(group),
        capacity_reservation_specification=_reservation(group),
        tag_specifications=[
            ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=instance_tags)
            for kind in _TAGGED
        ],
        tags=tags,
        update_default_version=True,
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _block_type(pool: NodePoolSpec, group: NodeGroup) -> str | None:
    return pool.instance_types[0] if group.capacity == "capacity-block" else None


def _disks(pool: NodePoolSpec) -> Sequence[ec2.LaunchTemplateBlockDeviceMappingArgs]:
    """Bottlerocket keeps itself on a small disk and all that changes on another."""
    if pool.image is not None and pool.image.family == "bottlerocket":
        system = DiskSpec(gib=4, iops=3000, throughput_mib=125)
        return [_disk("/dev/xvda", system), _disk("/dev/xvdb", pool.disk)]
    return [_disk("/dev/xvda", pool.disk)]


def _disk(device: str, disk: DiskSpec) -> ec2.LaunchTemplateBlockDeviceMappingArgs:
    return ec2.LaunchTemplateBlockDeviceMappingArgs(
        device_name=device,
        ebs=ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
            volume_type="gp3",
            volume_size=disk.gib,
            iops=disk.iops,
            throughput=disk.throughput_mib,
            snapshot_id=disk.snapshot_id,
            encrypted="true",
            delete_on_termination="true",
        ),
    )


def _interfaces(
    count: int, security_group: Input[str]
) -> Sequence[ec2.LaunchTemplateNetworkInterfaceArgs]:
    """The first carries everything; the others EFA alone, so that they use up no addresses."""
    return [
        ec2.LaunchTemplateNetworkInterfaceArgs(
            network_card_index=card,
            device_index=0 if card == 0 else 1,
            interface_type="efa" if card == 0 else "efa-only",
            security_groups=[security_group],
            associate_public_ip_address="false" if card == 0 else None,
            delete_on_termination="true",
        )
        for card in range(count)
    ]


def _placement(group: Input[str] | None) -> ec2.LaunchTemplatePlacementArgs | None:
    return None if group is None else ec2.LaunchTemplatePlacementArgs(group_name=group)


def _market(group: NodeGroup) -> ec2.LaunchTemplateInstanceMarketOptionsArgs | None:
    """Spot is said to EKS instead, by the group's capacity type."""
    if group.capacity != "capacity-block":
        return None
    return ec2.LaunchTemplateInstanceMarketOptionsArgs(market_type="capacity-block")


def _reservation(
    group: NodeGroup,
) -> ec2.LaunchTemplateCapacityReservationSpecificationArgs | None:
    if group.reservation_id is None:
        return None
    target = ec2.LaunchTemplateCapacityReservationSpecificationCapacityReservationTargetArgs(
        capacity_reservation_id=group.reservation_id
    )
    return ec2.LaunchTemplateCapacityReservationSpecificationArgs(
        capacity_reservation_target=target
    )
