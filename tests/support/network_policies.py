"""Which connections network policies let through, as the API's reference defines them.

The test cluster accepts policies and does not enforce them, so this says what an enforcing network
would do. Named ports are looked up in the pod that is connected to; `endPort` is not known here
and refused.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.kubernetes.manifest import Manifest

NAME_LABEL = "kubernetes.io/metadata.name"


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One end of a connection: a pod, or an address outside the cluster."""

    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    ports: Mapping[str, int] = field(default_factory=dict[str, int])
    """Named ports of its containers."""
    address: str | None = None
    """Of a peer outside; None: a pod."""


def lets_through(
    policies: Iterable[Manifest], source: Peer, target: Peer, port: int, protocol: str = "TCP"
) -> bool:
    """Both ends must allow a connection; an end that no policy chooses allows everything."""
    policies = list(policies)
    leaves = _allowed(policies, "Egress", source, target, target, port, protocol)
    enters = _allowed(policies, "Ingress", target, source, target, port, protocol)
    return leaves and enters


def _allowed(
    policies: list[Manifest],
    direction: str,
    here: Peer,
    there: Peer,
    target: Peer,
    port: int,
    protocol: str,
) -> bool:
    if here.address is not None:
        return True
    chosen = [
        policy["spec"]
        for policy in policies
        if policy["metadata"]["namespace"] == here.namespace
        and _selects(policy["spec"]["podSelector"], here.labels)
        and direction in policy["spec"]["policyTypes"]
    ]
    if not chosen:
        return True
    key, side = ("egress", "to") if direction == "Egress" else ("ingress", "from")
    return any(
        _port_matches(rule.get("ports"), target, port, protocol)
        and (side not in rule or any(_is(peer, there, here.namespace) for peer in rule[side]))
        for spec in chosen
        for rule in spec.get(key, [])
    )


def _is(peer: Mapping[str, Any], there: Peer, namespace: str) -> bool:
    if "ipBlock" in peer:
        return there.address is not None and _in_block(peer["ipBlock"], there.address)
    if there.address is not None:
        return False
    if "namespaceSelector" in peer:
        if not _selects(peer["namespaceSelector"], {NAME_LABEL: there.namespace}):
            return False
    elif there.namespace != namespace:
        return False
    return _selects(peer.get("podSelector", {}), there.labels)


def _in_block(block: Mapping[str, Any], address: str) -> bool:
    found = ipaddress.ip_address(address)

    def inside(network: str) -> bool:
        return found in ipaddress.ip_network(network)

    return inside(block["cidr"]) and not any(inside(net) for net in block.get("except", []))


def _port_matches(
    ports: list[Mapping[str, Any]] | None, target: Peer, port: int, protocol: str
) -> bool:
    if ports is None:
        return True
    for entry in ports:
        assert "endPort" not in entry, "ranges of ports are not known here"
        wanted = entry["port"]
        number = target.ports.get(wanted) if isinstance(wanted, str) else wanted
        if entry.get("protocol", "TCP") == protocol and number == port:
            return True
    return False


def _selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    assert set(selector) <= {"matchLabels"}, "expressions are not known here"
    return selector.get("matchLabels", {}).items() <= labels.items()
