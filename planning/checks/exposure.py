"""Rules that warn: what works, but is seldom meant."""

from __future__ import annotations

from collections.abc import Iterator

from planning.problems import Problem
from planning.settings import Settings


def plain_http_to_others(settings: Settings) -> Iterator[Problem]:
    access = settings.access
    if access.tls is None and not access.host.loopback:
        yield Problem(
            path="slipway:access.tls",
            code="plain-http",
            got=f"nothing, while {access.host} is reached by other machines",
            allowed="a certificate, so that keys and prompts are not readable on the way",
            fixes=("add tls: {selfSigned: true}, or certificate and privateKey",),
            severity="warning",
        )


def low_port_needs_rights(settings: Settings) -> Iterator[Problem]:
    if settings.access.port < 1024:
        yield Problem(
            path="slipway:access.port",
            code="low-port",
            got=str(settings.access.port),
            allowed="1024 or more, unless this machine gives you the lower ones",
            fixes=("write port: 8080",),
            severity="warning",
        )


def speed_is_not_predicted(settings: Settings) -> Iterator[Problem]:
    traffic = settings.traffic
    if traffic is None:
        return
    for key, value in (("requestsPerSecond", traffic.requests_per_second), ("slo", traffic.slo)):
        if value is not None:
            yield Problem(
                path=f"slipway:traffic.{key}",
                code="not-predicted",
                got="an expectation that this plan cannot check",
                allowed="kept for the plan of a later release; measure with make bench",
                fixes=("nothing to do; remove it to lose this warning",),
                severity="warning",
            )


def limit_below_traffic(settings: Settings) -> Iterator[Problem]:
    traffic, access = settings.traffic, settings.access
    if traffic is None or traffic.requests_per_second is None or access.requests_per_minute is None:
        return
    allowed = access.requests_per_minute * len(access.keys or (None,))
    if traffic.requests_per_second * 60 > allowed:
        yield Problem(
            path="slipway:access.requestsPerMinute",
            code="limit-below-traffic",
            got=f"{allowed} requests a minute over all keys",
            allowed=f"the expected {traffic.requests_per_second * 60:g} a minute, or more",
            fixes=("raise requestsPerMinute", "or lower traffic.requestsPerSecond"),
            severity="warning",
        )
