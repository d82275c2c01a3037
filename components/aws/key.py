"""The key that encrypts what the stack keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import kms

from components.aws.component import AwsComponent

_DAYS = {True: 30, False: 7}
"""Until a deleted key is gone, protected or not; it costs nothing meanwhile."""
_LOGS = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")


@dataclass(frozen=True, kw_only=True)
class StackKeyArgs:
    """What a StackKey is made from."""

    partition: str
    region: str
    account_id: Input[str]
    tags: Mapping[str, str]
    protect: bool


@dataclass(frozen=True, kw_only=True)
class StackKeyResources:
    key: kms.Key


class StackKey(AwsComponent):
    """For the cluster's secrets, logs, images and weights; it turns itself over every year."""

    resources: StackKeyResources
    arn: Output[str]

    def __init__(self, name: str, args: StackKeyArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("StackKey", name, args.tags, opts)
        key = kms.Key(
            self.named("key"),
            description="What the stack keeps: secrets, logs, images, weights",
            enable_key_rotation=True,
            deletion_window_in_days=_DAYS[args.protect],
            policy=_policy(args),
            tags=self.tagged("key"),
            opts=self.child(protect=args.protect),
        )
        self.resources = StackKeyResources(key=key)
        self.arn = key.arn
        self.register_outputs({"arn": self.arn})


def _policy(args: StackKeyArgs) -> Output[str]:
    """IAM says who may use it; CloudWatch may, for log groups of this account."""
    account = Output.from_input(args.account_id)
    groups = Output.concat(f"arn:{args.partition}:logs:{args.region}:", account, ":log-group:*")
    owner = {
        "Sid": "Account",
        "Effect": "Allow",
        "Principal": {"AWS": Output.concat(f"arn:{args.partition}:iam::", account, ":root")},
        "Action": "kms:*",
        "Resource": "*",
    }
    logs = {
        "Sid": "Logs",
        "Effect": "Allow",
        "Principal": {"Service": f"logs.{args.region}.amazonaws.com"},
        "Action": list(_LOGS),
        "Resource": "*",
        "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
    }
    return Output.json_dumps({"Version": "2012-10-17", "Statement": [owner, logs]}, sort_keys=True)
