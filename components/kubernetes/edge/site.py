"""What the load balancer is given, and what both kinds say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.kubernetes.names import named
from components.specs.cluster import KubernetesSpec

TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
"""TLS 1.2 and 1.3, with forward secrecy."""


@dataclass(frozen=True, kw_only=True)
class EdgeSite:
    """`Any` may be a Pulumi Output; nobody here looks into one."""

    auto_mode: bool
    """EKS itself makes load balancers; else the AWS Load Balancer Controller does."""
    certificate_arn: Any
    """None: plain HTTP."""
    web_acl_arn: Any
    """None: no web ACL."""
    tags: Mapping[str, str]
    """Of the load balancer and its parts: by them they are found again."""


def edge_name(spec: KubernetesSpec) -> str:
    """Of the Service or the Ingress that has the load balancer."""
    return named(spec, "edge")


def scheme(internal: bool) -> str:
    return "internal" if internal else "internet-facing"


def pairs(values: Mapping[str, object]) -> str:
    return ",".join(f"{key}={value}" for key, value in values.items())
