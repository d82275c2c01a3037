"""Rules: the control plane is reached by those who should, and every version is known."""

from __future__ import annotations

from collections.abc import Iterator

from planning.asked import kubernetes_version
from planning.checks.eks.facts import PATH, EksFacts
from planning.checks.eks.network import network_of, no_network
from planning.eks.addons import UNRESOLVED, addon_specs
from planning.problems import Problem

_CLUSTER = f"{PATH}.cluster"
_CIDRS = f"{_CLUSTER}.publicAccessCidrs"
_LONGEST_NAME = 40
"""Parts are added to it, and a DNS label has 63 characters."""
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")


def api_server_is_reached(facts: EksFacts) -> Iterator[Problem]:
    """`up` itself applies objects to it."""
    if not facts.prod and facts.aws.cluster.public_access_cidrs is None:
        yield Problem(
            path=_CIDRS,
            code="missing-key",
            got="nothing: who reaches the API server, beside its VPC, is not said",
            allowed="networks, such as the address of this machine; an empty list for nobody",
            fixes=(
                f"pulumi config set --path '{_CIDRS}[0]' <your address>/32",
                "or write publicAccessCidrs: [], and run up from inside the VPC",
            ),
        )


def api_server_is_not_open(facts: EksFacts) -> Iterator[Problem]:
    for index, text in enumerate(facts.aws.cluster.public_access_cidrs or ()):
        network = network_of(text)
        if network is None:
            yield no_network(f"{_CIDRS}[{index}]", text, "write <your address>/32")
        elif network.prefixlen == 0:
            yield Problem(
                path=f"{_CIDRS}[{index}]",
                code="api-server-open",
                got=f"{text}: everybody may try its credentials on the API server",
                allowed="networks of those who operate the cluster",
                fixes=("write <your address>/32", "or write publicAccessCidrs: []"),
                severity="error" if facts.prod else "warning",
            )
        elif any(network.subnet_of(private) for private in filter(None, map(network_of, _PRIVATE))):
            yield Problem(
                path=f"{_CIDRS}[{index}]",
                code="cidr-private",
                got=f"{text}, from which nobody comes over the internet",
                allowed="public networks; the VPC reaches the API server anyway",
                fixes=("write the address that this machine has on the internet", "or remove it"),
            )


def addons_are_resolved(facts: EksFacts) -> Iterator[Problem]:
    version = kubernetes_version(facts.settings, facts.catalog) or ""
    needed = addon_specs(facts.aws, version, facts.needs, facts.catalog)
    for one in needed:
        if one.version == UNRESOLVED:
            yield Problem(
                path=f"{_CLUSTER}.addons.{one.name}",
                code="unresolved",
                got=f"nothing, and no version of {one.name} for Kubernetes {version} is known here",
                allowed="the version of the add-on",
                fixes=(
                    "python -m operations eks-addons --write, with an account: it writes the "
                    f"version to planning/catalog/addons.yaml, row {one.name}",
                    f"or write aws.cluster.addons: {{{one.name}: v<version>-eksbuild.<build>}}",
                ),
            )
    names = [one.name for one in needed]
    for name in facts.aws.cluster.addons:
        if name not in names:
            yield Problem(
                path=f"{_CLUSTER}.addons.{name}",
                code="key-unused",
                got=f"a version of {name}, which this cluster does not get",
                allowed=", ".join(names),
                fixes=("remove it",),
            )


def name_has_room_for_parts(facts: EksFacts) -> Iterator[Problem]:
    name = facts.settings.kubernetes.name
    if name is not None and len(name) > _LONGEST_NAME:
        yield Problem(
            path="slipway:kubernetes.name",
            code="name-too-long",
            got=f"{len(name)} characters",
            allowed=f"{_LONGEST_NAME} at most: parts are added, and AWS and Kubernetes cut names",
            fixes=("write a shorter name",),
        )
