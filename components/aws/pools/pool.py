"""A pool of nodes that EKS keeps: one group for each way to buy them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, InvokeOptions, Output, Resource, ResourceOptions
from pulumi_aws import ec2, eks, ssm

from components.aws.cluster import ControlPlane
from components.aws.component import AwsComponent
from components.aws.node_image import image_parameter
from components.aws.pools.template import InstanceArgs, template_args
from components.aws.user_data import ClusterAddress, user_data
from components.specs.aws import NodeImageSpec, NodePoolSpec, TaintSpec
from components.specs.aws.node_groups import NodeGroup, node_groups

_EFFECTS = {
    "NoSchedule": "NO_SCHEDULE",
    "NoExecute": "NO_EXECUTE",
    "PreferNoSchedule": "PREFER_NO_SCHEDULE",
}


@dataclass(frozen=True, kw_only=True)
class ManagedPoolArgs:
    """What a ManagedPool is made from."""

    spec: NodePoolSpec
    cluster: ControlPlane
    cluster_name: str
    """The same name, before the cluster is there."""
    node_role: Input[str]
    """ARN."""
    subnets: Mapping[str, Input[str]]
    """Id of each zone's subnet for nodes."""
    after: tuple[Resource, ...] = ()
    """What a node needs to become ready: rights, ways out, add-ons."""
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ManagedPoolResources:
    """By the group's part of the name."""

    templates: Mapping[str, ec2.LaunchTemplate]
    groups: Mapping[str, eks.NodeGroup]
    placement: ec2.PlacementGroup | None


class ManagedPool(AwsComponent):
    """How many nodes there are between least and most is the autoscaler's."""

    resources: ManagedPoolResources

    def __init__(
        self, name: str, args: ManagedPoolArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("ManagedPool", name, args.tags, opts)
        self._args, self._pool = args, args.spec
        placement = self._create_placement() if args.spec.placement_group else None
        instance = self._instance(placement)
        groups = {group.part: group for group in node_groups(args.spec)}
        templates = {part: self._create_template(instance, group) for part, group in groups.items()}
        self.resources = ManagedPoolResources(
            templates=templates,
            groups={
                part: self._create_group(group, templates[part]) for part, group in groups.items()
            },
            placement=placement,
        )
        self.register_outputs({})

    def _create_placement(self) -> ec2.PlacementGroup:
        return ec2.PlacementGroup(
            self.named("placement"),
            strategy="cluster",
            tags=self.tagged("placement"),
            opts=self.child(),
        )

    def _instance(self, placement: ec2.PlacementGroup | None) -> InstanceArgs:
        cluster = self._args.cluster
        address = Output.all(
            name=self._args.cluster_name,
            endpoint=cluster.endpoint,
            certificate_authority=cluster.certificate_authority,
            service_cidr=cluster.service_cidr,
        )
        return InstanceArgs(
            pool=self._pool,
            image_id=self._image_id(),
            user_data=address.apply(lambda known: user_data(self._pool, ClusterAddress(**known))),
            security_group=cluster.security_group,
            placement_group=placement.name if placement else None,
        )

    def _image_id(self) -> Output[str]:
        image = self._pool.image
        if image is None:
            raise ValueError(f"pool {self._pool.name} is managed and has no image")
        return _image_id(image, self)

    def _create_template(self, instance: InstanceArgs, group: NodeGroup) -> ec2.LaunchTemplate:
        part = f"{group.part}-template"
        # The network add-on's role holds for instances that say whose they are.
        owned = {f"kubernetes.io/cluster/{self._args.cluster_name}": "owned"}
        return ec2.LaunchTemplate(
            self.named(part),
            template_args(instance, group, self.tagged(part), self.tagged(group.part, owned)),
            self.child(),
        )

    def _create_group(self, group: NodeGroup, template: ec2.LaunchTemplate) -> eks.NodeGroup:
        pool, args = self._pool, self._args
        return eks.NodeGroup(
            self.named(group.part),
            cluster_name=args.cluster.name,
            node_role_arn=args.node_role,
            subnet_ids=[args.subnets[zone] for zone in pool.zones],
            capacity_type=group.capacity_type,
            instance_types=None if group.capacity == "capacity-block" else pool.instance_types,
            launch_template=eks.NodeGroupLaunchTemplateArgs(
                id=template.id, version=template.latest_version.apply(str)
            ),
            scaling_config=eks.NodeGroupScalingConfigArgs(
                min_size=group.minimum, max_size=group.maximum, desired_size=group.minimum
            ),
            update_config=_update(group),
            labels=pool.labels,
            taints=[_taint(taint) for taint in pool.taints],
            tags=self.tagged(group.part),
            opts=self.child(*args.after, ignore_changes=["scalingConfig.desiredSize"]),
        )


def _image_id(image: NodeImageSpec, parent: Resource) -> Output[str]:
    found = ssm.get_parameter_output(name=image_parameter(image), opts=InvokeOptions(parent=parent))
    return found.apply(lambda parameter: parameter.insecure_value)


def _update(group: NodeGroup) -> eks.NodeGroupUpdateConfigArgs:
    """One node at a time. What is reserved has no room for a node more: the old one goes first."""
    reserved = group.reservation_id is not None
    return eks.NodeGroupUpdateConfigArgs(
        max_unavailable=1, update_strategy="MINIMAL" if reserved else "DEFAULT"
    )


def _taint(taint: TaintSpec) -> eks.NodeGroupTaintArgs:
    return eks.NodeGroupTaintArgs(key=taint.key, value=taint.value, effect=_EFFECTS[taint.effect])
