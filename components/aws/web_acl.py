"""What an ALB refuses before the gateway sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import cloudwatch, wafv2

from components.aws.component import AwsComponent

_REQUESTS_IN_FIVE_MINUTES = 2_000
"""Of one address: a flood. What a client may ask is the gateway's to say, by key."""
_LOG_DAYS = 365
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "AWSManagedRulesAmazonIpReputationList": (),
    "AWSManagedRulesCommonRuleSet": (
        "SizeRestrictions_BODY",
        "CrossSiteScripting_BODY",
        "EC2MetaDataSSRF_BODY",
        "GenericLFI_BODY",
        "GenericRFI_BODY",
    ),
    "AWSManagedRulesKnownBadInputsRuleSet": (
        "JavaDeserializationRCE_BODY",
        "Log4JRCE_BODY",
    ),
}
"""AWS's groups, and those of their rules that read bodies: a prompt may be long, and be about
anything, so these count and refuse nothing."""


@dataclass(frozen=True, kw_only=True)
class WebAclArgs:
    """What a WebAcl is made from."""

    key_arn: Input[str] | None
    """KMS key of the log; None: AWS's own."""
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class WebAclResources:
    acl: wafv2.WebAcl
    log: cloudwatch.LogGroup


class WebAcl(AwsComponent):
    """AWS's managed rules and a limit per address; what it refuses is logged, without keys."""

    resources: WebAclResources
    arn: Output[str]

    def __init__(self, name: str, args: WebAclArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("WebAcl", name, args.tags, opts)
        acl = wafv2.WebAcl(
            self.named("acl"),
            scope="REGIONAL",
            default_action=wafv2.WebAclDefaultActionArgs(
                allow=wafv2.WebAclDefaultActionAllowArgs()
            ),
            rules=[*(_group(*row) for row in enumerate(_GROUPS)), _flood(len(_GROUPS))],
            visibility_config=wafv2.WebAclVisibilityConfigArgs(
                cloudwatch_metrics_enabled=True, metric_name="all", sampled_requests_enabled=False
            ),
            tags=self.tagged("acl"),
            opts=self.child(),
        )
        self.resources = WebAclResources(acl=acl, log=self._create_log(acl, args.key_arn))
        self.arn = acl.arn
        self.register_outputs({"arn": self.arn})

    def _create_log(self, acl: wafv2.WebAcl, key_arn: Input[str] | None) -> cloudwatch.LogGroup:
        group = cloudwatch.LogGroup(
            self.named("log"),
            # WAF writes only into groups that are called so.
            name_prefix="aws-waf-logs-",
            retention_in_days=_LOG_DAYS,
            kms_key_id=key_arn,
            tags=self.tagged("log"),
            opts=self.child(),
        )
        key = wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(name="authorization")
        wafv2.WebAclLoggingConfiguration(
            self.named("logging"),
            resource_arn=acl.arn,
            log_destination_configs=[group.arn],
            redacted_fields=[wafv2.WebAclLoggingConfigurationRedactedFieldArgs(single_header=key)],
            opts=self.child(),
        )
        return group


def _group(priority: int, name: str) -> wafv2.WebAclRuleArgs:
    counted = [
        wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs(
            name=rule,
            action_to_use=wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs(
                count=wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs()
            ),
        )
        for rule in _GROUPS[name]
    ]
    return wafv2.WebAclRuleArgs(
        name=name,
        priority=priority,
        override_action=wafv2.WebAclRuleOverrideActionArgs(
            none=wafv2.WebAclRuleOverrideActionNoneArgs()
        ),
        statement=wafv2.WebAclRuleStatementArgs(
            managed_rule_group_statement=wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
                vendor_name="AWS", name=name, rule_action_overrides=counted
            )
        ),
        visibility_config=_seen(name),
    )


def _flood(priority: int) -> wafv2.WebAclRuleArgs:
    return wafv2.WebAclRuleArgs(
        name="flood",
        priority=priority,
        action=wafv2.WebAclRuleActionArgs(block=wafv2.WebAclRuleActionBlockArgs()),
        statement=wafv2.WebAclRuleStatementArgs(
            rate_based_statement=wafv2.WebAclRuleStatementRateBasedStatementArgs(
                aggregate_key_type="IP", limit=_REQUESTS_IN_FIVE_MINUTES
            )
        ),
        visibility_config=_seen("flood"),
    )


def _seen(metric: str) -> wafv2.WebAclRuleVisibilityConfigArgs:
    """Counted, and not sampled: a sample shows headers, and with them keys."""
    return wafv2.WebAclRuleVisibilityConfigArgs(
        cloudwatch_metrics_enabled=True, metric_name=metric, sampled_requests_enabled=False
    )
