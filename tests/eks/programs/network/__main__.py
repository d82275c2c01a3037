"""The least that has an order: a VPC and a subnet; and what no provider may take."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

config = pulumi.Config("network")
tags = {"slipway:stack": "network"}
vpc = aws.ec2.Vpc("vpc", cidr_block=config.get("cidr") or "10.0.0.0/16", tags=tags)
aws.ec2.Subnet("subnet", vpc_id=vpc.id, cidr_block="10.0.0.0/24", tags=tags)
if config.get("unknown") == "type":
    aws.ec2.KeyPair("key", public_key="ssh-ed25519 AAAA")
if config.get("unknown") == "property":
    pulumi.CustomResource("aws:ec2/vpc:Vpc", "odd", {"cidrBlock": "10.1.0.0/16", "color": "red"})
