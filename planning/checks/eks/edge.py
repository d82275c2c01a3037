"""Rules: the load balancer is safe, and cuts no answer."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from planning.checks.eks.facts import PATH, EksFacts, unused
from planning.checks.eks.network import network_of
from planning.eks.defaults import edge_is_internal, edge_kind
from planning.eks.edge import until_unchosen
from planning.problems import Problem

_EDGE = f"{PATH}.edge"
_LONGEST_DRAIN = 3600
"""Seconds that a target group lets a target finish, at most (deregistration_delay)."""
_TLS_OF_NLB = 350
"""Seconds of silence, fixed where a network load balancer ends TLS (timings.yaml, nlb/idle)."""


def keys_of_the_edge_are_used(facts: EksFacts) -> Iterator[Problem]:
    edge, kind = facts.aws.edge, edge_kind(facts.aws)
    written = {"internal", "source_ranges", "domain", "waf"} & edge.model_fields_set
    for key in sorted(written) if kind == "none" else ():
        alias = type(edge).model_fields[key].alias
        yield unused(
            f"{_EDGE}.{alias}", "a wish about a load balancer", "with kind nlb or alb", "write kind"
        )
    if edge.waf and kind == "nlb":
        yield Problem(
            path=f"{_EDGE}.waf",
            code="waf-needs-alb",
            got="a web ACL before a network load balancer",
            allowed="with kind: alb, which reads requests",
            fixes=("write kind: alb", "or remove waf"),
        )
    cluster = facts.settings.kubernetes
    if cluster.service_type != "ClusterIP":
        yield unused(
            "slipway:kubernetes.serviceType",
            f"{cluster.service_type}, while aws.edge says how requests come in",
            "ClusterIP with target eks",
            "write aws.edge: {kind: nlb}",
        )


def source_ranges_are_networks(facts: EksFacts) -> Iterator[Problem]:
    for index, text in enumerate(facts.aws.edge.source_ranges):
        if network_of(text) is None:
            yield Problem(
                path=f"{_EDGE}.sourceRanges[{index}]",
                code="bad-format",
                got=f'"{text}", which is no network',
                allowed="an IPv4 network whose host part is zero",
                fixes=("write 203.0.113.0/24",),
            )


def the_internet_is_served_over_tls(facts: EksFacts) -> Iterator[Problem]:
    """Keys and prompts are not readable on the way."""
    access = facts.settings.access
    if _outward(facts) and facts.aws.edge.domain is None and access.tls is None:
        yield Problem(
            path=f"{_EDGE}.domain",
            code="plain-http",
            got="nothing, while the internet reaches the load balancer",
            allowed="a name with a certificate, so that keys and prompts are not readable on the "
            "way",
            fixes=(
                "write domain: {host: …, zoneId: …}",
                "or write internal: true",
                "or write access.tls: {secret: …}, a certificate that the gateway has",
            ),
        )


def nobody_is_let_in_by_the_edge(facts: EksFacts) -> Iterator[Problem]:
    if _outward(facts) and facts.settings.access.auth == "none":
        yield Problem(
            path="slipway:access.auth",
            code="open-to-others",
            got="none, while the internet reaches the load balancer",
            allowed="api-key, or none behind an internal load balancer",
            fixes=("write auth: api-key", "or write aws.edge.internal: true"),
        )


def answers_outlive_no_load_balancer(facts: EksFacts) -> Iterator[Problem]:
    """A whole answer that is not streamed is silence until it comes."""
    kind, timeout = edge_kind(facts.aws), facts.settings.engine.request_timeout.seconds
    row = facts.catalog.timings.get(f"{kind}/idle")
    if row is None or row.value.most is None:
        return
    ends_tls = kind == "nlb" and facts.aws.edge.domain is not None
    most = _TLS_OF_NLB if ends_tls else row.value.most
    if timeout > most:
        yield Problem(
            path="slipway:engine.requestTimeout",
            code="answer-longer-than-front",
            got=f"answers that may take {timeout:g} s",
            allowed=f"at most {most:g} s: {row.value.what}",
            fixes=(
                f"write {ceil(most)}s",
                *(("or write aws.edge.kind: alb, which waits longer",) if ends_tls else ()),
                "or stream such answers to clients that can",
            ),
        )


def drain_ends_before_the_load_balancer(facts: EksFacts) -> Iterator[Problem]:
    """deregistration >= until nothing new comes + drain, so that no open stream is cut."""
    if edge_kind(facts.aws) == "none":
        return
    drain = ceil(facts.settings.engine.drain.seconds)
    unchosen = until_unchosen(facts.settings, facts.catalog)
    if unchosen + drain > _LONGEST_DRAIN:
        yield Problem(
            path="slipway:engine.drain",
            code="drain-longer-than-front",
            got=f"{drain} s, and {unchosen} s until nothing new comes",
            allowed=f"{_LONGEST_DRAIN} s together: the most that a target group waits",
            fixes=(f"write {_LONGEST_DRAIN - unchosen}s",),
        )


def _outward(facts: EksFacts) -> bool:
    return edge_kind(facts.aws) != "none" and not edge_is_internal(facts.aws)
