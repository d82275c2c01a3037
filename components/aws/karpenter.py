"""Karpenter's side of AWS: what it hears before a node is taken away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output, ResourceOptions
from pulumi_aws import cloudwatch, sqs

from components.aws.component import AwsComponent

_SECONDS_KEPT = 300
_EVENTS: Mapping[str, tuple[str, str]] = {
    "scheduled-change": ("aws.health", "AWS Health Event"),
    "spot-interruption": ("aws.ec2", "EC2 Spot Instance Interruption Warning"),
    "rebalance": ("aws.ec2", "EC2 Instance Rebalance Recommendation"),
    "state-change": ("aws.ec2", "EC2 Instance State-change Notification"),
    "capacity-block": ("aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"),
}
"""Source and kind of what ends a node, by the name of its rule: all that Karpenter 1.15 reads
(pkg/controllers/interruption/messages of github.com/aws/karpenter-provider-aws v1.15.2)."""


@dataclass(frozen=True, kw_only=True)
class InterruptionsArgs:
    """What Interruptions are made from."""

    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class InterruptionsResources:
    queue: sqs.Queue
    policy: sqs.QueuePolicy
    rules: Mapping[str, cloudwatch.EventRule]


class Interruptions(AwsComponent):
    """A queue, and the rules that fill it. Karpenter's role is one of the PodIdentities."""

    resources: InterruptionsResources
    queue_name: Output[str]
    queue_arn: Output[str]

    def __init__(
        self, name: str, args: InterruptionsArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("Interruptions", name, args.tags, opts)
        queue = sqs.Queue(
            self.named("queue"),
            # What nobody has read by then is about a node that is gone.
            message_retention_seconds=_SECONDS_KEPT,
            sqs_managed_sse_enabled=True,
            tags=self.tagged("queue"),
            opts=self.child(),
        )
        rules = {part: self._create_rule(part, queue) for part in _EVENTS}
        self.resources = InterruptionsResources(
            queue=queue, policy=self._create_policy(queue, rules), rules=rules
        )
        self.queue_name, self.queue_arn = queue.name, queue.arn
        self.register_outputs({"queueName": self.queue_name})

    def _create_rule(self, part: str, queue: sqs.Queue) -> cloudwatch.EventRule:
        source, kind = _EVENTS[part]
        rule = cloudwatch.EventRule(
            self.named(part),
            description=f"{kind}, for Karpenter",
            event_pattern=json.dumps({"source": [source], "detail-type": [kind]}),
            tags=self.tagged(part),
            opts=self.child(),
        )
        cloudwatch.EventTarget(
            self.named(f"{part}-to-queue"),
            # Fixed, so that what a killed run has put is put again and not beside it.
            target_id="queue",
            rule=rule.name,
            arn=queue.arn,
            opts=self.child(),
        )
        return rule

    def _create_policy(
        self, queue: sqs.Queue, rules: Mapping[str, cloudwatch.EventRule]
    ) -> sqs.QueuePolicy:
        fill = {
            "Sid": "RulesFill",
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue.arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": [rule.arn for rule in rules.values()]}},
        }
        tls = {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": queue.arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        document = {"Version": "2012-10-17", "Statement": [fill, tls]}
        return sqs.QueuePolicy(
            self.named("queue-policy"),
            queue_url=queue.url,
            policy=Output.json_dumps(document, sort_keys=True),
            opts=self.child(),
        )
