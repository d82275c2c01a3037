"""The least that has an order: a VPC and a subnet; and what no provider may take."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.aws.tags import tags_of

config = pulumi.Config("network")
stack = {"slipway.dev/project": "network", "slipway.dev/stack": "dev"}


def tags(name: str) -> dict[str, str]:
    """Those by which recovery finds the object, unless the test wants it lost."""
    return stack if config.get("unnamed") else tags_of(stack, name)


vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags=tags("vpc"))
aws.ec2.Subnet("subnet", vpc_id=vpc.id, cidr_block="10.0.0.0/24", tags=tags("subnet"))
if config.get("unknown") == "type":
    aws.ec2.KeyPair("key", public_key="ssh-ed25519 AAAA")
if config.get("unknown") == "property":
    pulumi.CustomResource("aws:ec2/vpc:Vpc", "odd", {"cidrBlock": "10.1.0.0/16", "color": "red"})
