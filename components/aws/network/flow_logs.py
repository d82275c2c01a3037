"""Who talked to whom in the VPC, kept for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import cloudwatch, ec2

from components.aws.component import AwsComponent
from components.aws.role import ServiceRole, ServiceRoleArgs
from components.specs.aws import IdentitySpec

_WRITE = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")


@dataclass(frozen=True, kw_only=True)
class FlowLogsArgs:
    days: int
    key_arn: Input[str] | None
    """KMS key of the logs; None: AWS's own."""
    vpc_id: Input[str]
    identity: IdentitySpec
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FlowLogsResources:
    group: cloudwatch.LogGroup
    role: ServiceRole
    flow_log: ec2.FlowLog


class FlowLogs(AwsComponent):
    """Accepted and refused connections, in a log group that forgets."""

    resources: FlowLogsResources

    def __init__(self, name: str, args: FlowLogsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("FlowLogs", name, args.tags, opts)
        group = cloudwatch.LogGroup(
            self.named("group"),
            retention_in_days=args.days,
            kms_key_id=args.key_arn,
            tags=self.tagged("group"),
            opts=self.child(),
        )
        role = ServiceRole(
            self.named("role"),
            ServiceRoleArgs(
                service="vpc-flow-logs.amazonaws.com",
                inline={"write": _policy(group)},
                identity=args.identity,
                tags=args.tags,
            ),
            self.child(),
        )
        flow_log = ec2.FlowLog(
            self.named("log"),
            vpc_id=args.vpc_id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            tags=self.tagged("log"),
            # It writes until it is gone: the right to write goes after it.
            opts=self.child(*role.everything),
        )
        self.resources = FlowLogsResources(group=group, role=role, flow_log=flow_log)
        self.register_outputs({})


def _policy(group: cloudwatch.LogGroup) -> Output[str]:
    """To write into this group alone."""
    statement = {
        "Effect": "Allow",
        "Action": list(_WRITE),
        "Resource": [group.arn, Output.concat(group.arn, ":*")],
    }
    return Output.json_dumps({"Version": "2012-10-17", "Statement": [statement]}, sort_keys=True)
