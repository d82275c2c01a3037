"""A network, a cluster and nodes, as a program of its own: what the provider is tested with."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

config = pulumi.Config("small")
tags = {"slipway:stack": "small", **(config.get_object("tags") or {})}


def role(name: str, service: str) -> aws.iam.Role:
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": service},
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return aws.iam.Role(name, assume_role_policy=document, tags=tags)


vpc = aws.ec2.Vpc("vpc", cidr_block=config.get("cidr") or "10.0.0.0/16", tags=tags)
gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id, tags=tags)
subnets = [
    aws.ec2.Subnet(
        f"subnet-{zone}",
        vpc_id=vpc.id,
        cidr_block=f"10.0.{number}.0/24",
        availability_zone=f"us-east-1{zone}",
        tags=tags,
    )
    for number, zone in enumerate("ab")
]
address = aws.ec2.Eip("address", domain="vpc", tags=tags)
nat = aws.ec2.NatGateway(
    "nat",
    subnet_id=subnets[0].id,
    allocation_id=address.id,
    tags=tags,
    opts=pulumi.ResourceOptions(depends_on=[gateway]),
)
cluster_role = role("cluster-role", "eks.amazonaws.com")
policy = aws.iam.RolePolicyAttachment(
    "cluster-policy",
    role=cluster_role.name,
    policy_arn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
)
node_role = role("node-role", "ec2.amazonaws.com")
cluster = aws.eks.Cluster(
    "cluster",
    name="small",
    role_arn=cluster_role.arn,
    version=config.get("version") or "1.33",
    access_config={"authentication_mode": "API"},
    vpc_config={"subnet_ids": [subnet.id for subnet in subnets]},
    tags=tags,
    opts=pulumi.ResourceOptions(depends_on=[policy]),
)
template = aws.ec2.LaunchTemplate(
    "template", user_data=config.get("userData") or "", update_default_version=True, tags=tags
)
nodes = aws.eks.NodeGroup(
    "nodes",
    cluster_name=cluster.name,
    node_role_arn=node_role.arn,
    subnet_ids=[subnet.id for subnet in subnets],
    instance_types=[config.get("instanceType") or "t3.large"],
    scaling_config={
        "min_size": 1,
        "max_size": 3,
        "desired_size": config.get_int("nodes") or 1,
    },
    launch_template={"id": template.id, "version": template.latest_version.apply(str)},
    tags=tags,
)
pulumi.export("endpoint", cluster.endpoint)
