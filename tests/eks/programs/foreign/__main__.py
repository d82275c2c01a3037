"""A program that has nothing of this project, as somebody's web shop has it."""

from __future__ import annotations

import json

import pulumi_aws as aws

_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "lambda.amazonaws.com"},
        }
    ],
}

role = aws.iam.Role("shop", assume_role_policy=json.dumps(_TRUST))
aws.rds.Instance(
    "orders",
    engine="postgres",
    instance_class="db.t4g.medium",
    allocated_storage=100,
    username="shop",
    manage_master_user_password=True,
    skip_final_snapshot=True,
)
aws.lambda_.Function(
    "checkout",
    role=role.arn,
    runtime="python3.13",
    handler="shop.handler",
    s3_bucket="shop-code",
    s3_key="checkout.zip",
)
aws.s3.Bucket("pictures")
aws.dynamodb.Table(
    "carts",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{"name": "id", "type": "S"}],
)
aws.ec2.Instance("worker", ami="ami-0a1b2c3d4e5f60718", instance_type="c7i.large")
aws.cloudfront.OriginAccessIdentity("pictures-identity")
