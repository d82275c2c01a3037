"""Rules: there is room for nodes and pods, in at least two zones, and a way to what they need."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from planning.checks.eks.facts import PATH, EksFacts, unused
from planning.eks.defaults import edge_is_internal, edge_kind, zone_names
from planning.problems import Problem

_LARGEST, _SMALLEST = 16, 22
"""Of a VPC, by AWS; and by the sixty-fourths that subnets are made of, of which none is smaller
than /28."""
_NETWORK = f"{PATH}.network"


def cidr_is_a_vpc(facts: EksFacts) -> Iterator[Problem]:
    text = facts.aws.network.cidr
    network = network_of(text)
    if network is None:
        yield no_network(f"{_NETWORK}.cidr", text, "write 10.0.0.0/16")
    elif not _LARGEST <= network.prefixlen <= _SMALLEST:
        yield Problem(
            path=f"{_NETWORK}.cidr",
            code="cidr-size",
            got=f"{text}: {network.num_addresses:,} addresses",
            allowed=f"/{_LARGEST} to /{_SMALLEST}: every pod takes an address, and AWS gives a VPC "
            "no more",
            fixes=(f"write {network.network_address}/{_LARGEST}",),
        )


def zones_are_two(facts: EksFacts) -> Iterator[Problem]:
    """EKS puts its interfaces into two zones at least."""
    zones, vpc = zone_names(facts.aws), facts.aws.network.vpc
    if len(zones) < 2:
        yield Problem(
            path=f"{_NETWORK}.vpc.privateSubnets" if vpc else f"{PATH}.zones",
            code="zones-too-few",
            got=f"{len(zones)} zone{'s' * (len(zones) != 1)}",
            allowed="two or more: a control plane has interfaces in two",
            fixes=("add a zone; pools[].zones keeps nodes in one of them",),
        )


def network_that_is_there_is_complete(facts: EksFacts) -> Iterator[Problem]:
    vpc = facts.aws.network.vpc
    if vpc is None:
        return
    for key, value in (
        ("nat", facts.aws.network.nat),
        ("flowLogDays", facts.aws.network.flow_log_days),
    ):
        if value is not None:
            yield unused(
                f"{_NETWORK}.{key}",
                f"{value}, while the VPC {vpc.id} is there already",
                "only of a VPC that is made",
                "let its owner set it",
            )
    for zone in zone_names(facts.aws):
        if zone not in vpc.private_subnets:
            yield _incomplete(f"no private subnet in {zone}", "privateSubnets", zone)
    faces = edge_kind(facts.aws) != "none" and not edge_is_internal(facts.aws)
    for zone in vpc.private_subnets if faces else ():
        if zone not in vpc.public_subnets:
            got = f"no public subnet in {zone}, for a load balancer that the internet reaches"
            yield _incomplete(got, "publicSubnets", zone)


def subnets_lie_in_the_region(facts: EksFacts) -> Iterator[Problem]:
    vpc, region = facts.aws.network.vpc, facts.aws.region
    if vpc is None:
        return
    for key, subnets in (
        ("privateSubnets", vpc.private_subnets),
        ("publicSubnets", vpc.public_subnets),
    ):
        for zone in subnets:
            if zone[:-1] != region:
                yield Problem(
                    path=f"{_NETWORK}.vpc.{key}.{zone}",
                    code="zone-elsewhere",
                    got=f'"{zone}", while the region is {region}',
                    allowed=f"zones of {region}",
                    fixes=(f"write {region}{zone[-1]}", f"or write region: {zone[:-1]}"),
                )


def pools_lie_in_the_network(facts: EksFacts) -> Iterator[Problem]:
    there = zone_names(facts.aws)
    for index, pool in enumerate(facts.settings.pools):
        for zone in pool.zones or ():
            if zone not in there:
                yield Problem(
                    path=f"slipway:pools[{index}].zones",
                    code="zone-elsewhere",
                    got=f'"{zone}", in which the network has no subnet',
                    allowed=", ".join(there),
                    fixes=(f"write {there[0]}", f"or add {zone} to aws.zones"),
                )


def network_of(text: str) -> IPv4Network | None:
    try:
        return IPv4Network(text)
    except ValueError:
        return None


def no_network(path: str, text: str, fix: str) -> Problem:
    return Problem(
        path=path,
        code="bad-format",
        got=f'"{text}", which is no network',
        allowed="an IPv4 network whose host part is zero",
        fixes=(fix,),
    )


def _incomplete(got: str, key: str, zone: str) -> Problem:
    return Problem(
        path=f"{_NETWORK}.vpc.{key}",
        code="network-incomplete",
        got=got,
        allowed="a subnet in each zone of the network",
        fixes=(f"add {zone}: subnet-…", "or leave that zone out"),
    )
