"""Where a node finds its cluster."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

_DNS_HOST = 10
"""EKS gives the cluster's DNS the tenth address of the Services' network."""


@dataclass(frozen=True, kw_only=True)
class ClusterAddress:
    name: str
    endpoint: str
    certificate_authority: str
    """PEM, base64."""
    service_cidr: str
    """IPv4 network of Services."""

    @property
    def dns(self) -> str:
        return str(ipaddress.ip_network(self.service_cidr)[_DNS_HOST])
