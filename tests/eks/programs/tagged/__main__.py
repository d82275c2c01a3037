"""One object of each kind that is told apart in its own way, with components' tags if any."""

from __future__ import annotations

import json

import pulumi_aws as aws

from components.aws.tags import tags_of

STACK = {"slipway.dev/project": "tagged", "slipway.dev/stack": "test"}


def tags(name: str) -> dict[str, str]:
    return tags_of(STACK, name)


trust = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": "ec2.amazonaws.com"},
            }
        ],
    }
)
vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags=tags("vpc"))
subnet = aws.ec2.Subnet("subnet", vpc_id=vpc.id, cidr_block="10.0.0.0/24", tags=tags("subnet"))
aws.iam.Role("role", assume_role_policy=trust, tags=tags("role"))
aws.s3.Bucket("bucket", tags=tags("bucket"))
aws.sqs.Queue("queue", tags=tags("queue"))
aws.secretsmanager.Secret("secret", recovery_window_in_days=0, tags=tags("secret"))
gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id, tags=tags("gateway"))
table = aws.ec2.RouteTable("table", vpc_id=vpc.id, tags=tags("table"))
aws.ec2.Route(
    "route",
    route_table_id=table.id,
    destination_cidr_block="0.0.0.0/0",
    gateway_id=gateway.id,
)
aws.ec2.RouteTableAssociation("association", route_table_id=table.id, subnet_id=subnet.id)
