"""A VPC that is there already, looked at before anything is made in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pulumi
from pulumi import InvokeOptions, Output, RunError
from pulumi_aws import ec2

from components.specs.aws import ExistingNetworkSpec

_WANTED = {"enable_dns_support": "enableDnsSupport", "enable_dns_hostnames": "enableDnsHostnames"}


def checked_network(
    network: ExistingNetworkSpec, parent: pulumi.Resource
) -> Output[ExistingNetworkSpec]:
    """The same, once AWS says that it is so; else all that is wrong with it, in one error."""
    opts = InvokeOptions(parent=parent)
    vpc = ec2.get_vpc_output(id=network.vpc_id, opts=opts)
    subnets = Output.all(
        *(ec2.get_subnet_output(id=subnet, opts=opts) for _, subnet in _subnets(network))
    )

    def checked(found: tuple[ec2.GetVpcResult, Sequence[ec2.GetSubnetResult]]) -> None:
        problems = list(network_problems(network, *found))
        if problems:
            raise RunError("\n".join(problems))

    return Output.all(vpc, subnets).apply(lambda found: checked((found[0], found[1])) or network)


def network_problems(
    network: ExistingNetworkSpec, vpc: ec2.GetVpcResult, subnets: Sequence[ec2.GetSubnetResult]
) -> Iterator[str]:
    """What AWS says otherwise; `subnets` in the order of the spec, private ones first."""
    for attribute, word in _WANTED.items():
        if not getattr(vpc, attribute):
            yield (
                f"{network.vpc_id}: {word} is off, so nodes do not find the cluster; "
                "turn it on for the VPC"
            )
    for (zone, wanted), found in zip(_subnets(network), subnets, strict=True):
        if found.vpc_id != network.vpc_id:
            yield f"{wanted}: lies in {found.vpc_id}, not in {network.vpc_id}; name one of this VPC"
        if found.availability_zone != zone:
            yield f"{wanted}: lies in {found.availability_zone}, not in {zone}; name its own zone"


def _subnets(network: ExistingNetworkSpec) -> tuple[tuple[str, str], ...]:
    """Zone and id of each."""
    return (*network.private_subnets.items(), *network.public_subnets.items())
