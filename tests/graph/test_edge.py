"""Certificate, web ACL and name."""

from __future__ import annotations

import json

from components.aws.edge import Edge, EdgeArgs
from components.aws.edge_name import EdgeName, EdgeNameArgs
from components.aws.karpenter import Interruptions, InterruptionsArgs
from components.specs.aws import DomainSpec, EdgeSpec
from tests.support.aws_specs import TAGS
from tests.support.resource_graph import Graph, graph

DOMAIN = DomainSpec(host="llm.example.com", zone_id="Z1", certificate_arn=None)
EDGE = EdgeSpec(
    kind="alb",
    internal=False,
    source_ranges=(),
    domain=DOMAIN,
    idle_seconds=610,
    deregistration_seconds=120,
    waf=True,
)
ZONE = {"aws:lb/getHostedZoneId:getHostedZoneId": lambda _: {"id": "ZLB", "region": "us-east-1"}}


def _edge() -> Graph:
    return graph(lambda: Edge("edge", EdgeArgs(spec=EDGE, key_arn="arn:key", tags=TAGS)) and None)


def test_a_certificate_is_proven_in_the_zone_before_anything_uses_it() -> None:
    made = _edge()
    proof = made.named("edge-proof").inputs
    assert (proof["zoneId"], proof["type"]) == ("Z1", "CNAME")
    assert proof["name"] == "_proof.llm.example.com"
    assert made.waits("edge-proven", "edge-proof")
    assert made.waits("edge-proof", "edge-certificate")


def test_no_rule_that_reads_bodies_refuses_a_prompt() -> None:
    rules = _edge().named("edge-web-acl-acl").inputs["rules"]
    for rule in rules:
        group = rule["statement"].get("managedRuleGroupStatement")
        if group and "Common" in group["name"]:
            counted = {one["name"] for one in group["ruleActionOverrides"]}
            assert {"SizeRestrictions_BODY", "CrossSiteScripting_BODY"} <= counted
            assert all("count" in one["actionToUse"] for one in group["ruleActionOverrides"])


def test_what_the_web_acl_writes_down_holds_no_key() -> None:
    made = _edge()
    (redacted,) = made.named("edge-web-acl-logging").inputs["redactedFields"]
    assert redacted == {"singleHeader": {"name": "authorization"}}
    rules = made.named("edge-web-acl-acl").inputs["rules"]
    assert not any(rule["visibilityConfig"]["sampledRequestsEnabled"] for rule in rules)
    assert made.named("edge-web-acl-log").inputs["namePrefix"] == "aws-waf-logs-"


def test_a_name_is_an_alias_of_the_load_balancer() -> None:
    args = EdgeNameArgs(domain=DOMAIN, spec=EDGE, address="k8s-x.elb.amazonaws.com")
    made = graph(lambda: EdgeName("name", args) and None, answers=ZONE)
    (alias,) = made.named("name-record").inputs["aliases"]
    assert alias == {
        "name": "k8s-x.elb.amazonaws.com",
        "zoneId": "ZLB",
        "evaluateTargetHealth": True,
    }


def test_only_the_stacks_own_rules_may_fill_the_queue_and_only_by_tls() -> None:
    args = InterruptionsArgs(tags=TAGS)
    made = graph(lambda: Interruptions("interruptions", args) and None)
    rules = made.of_type("aws:cloudwatch/eventRule:EventRule")
    fill, tls = json.loads(made.named("interruptions-queue-policy").inputs["policy"])["Statement"]
    assert len(fill["Condition"]["ArnEquals"]["aws:SourceArn"]) == len(rules) == 5
    assert tls["Effect"] == "Deny"
    assert made.named("interruptions-queue").inputs["sqsManagedSseEnabled"] is True
