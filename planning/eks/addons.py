"""EKS add-ons of a cluster, each at a version."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import AddonSpec
from planning.catalog import Catalog
from planning.eks.features import Needs
from planning.settings.aws import Aws

UNRESOLVED = "unresolved"
_BUILT_IN = ("vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver")
"""Auto Mode has them by itself."""
_VALUES: dict[str, dict[str, object]] = {
    # Network policies of the gateway and the engine are enforced by the network add-on.
    "vpc-cni": {"enableNetworkPolicy": "true"},
}


def addon_specs(aws: Aws, kubernetes: str, needs: Needs, catalog: Catalog) -> tuple[AddonSpec, ...]:
    return tuple(_addons(aws, kubernetes, needs, catalog))


def _addons(aws: Aws, kubernetes: str, needs: Needs, catalog: Catalog) -> Iterator[AddonSpec]:
    for name, row in catalog.addons.items():
        if needs.auto_mode and name in _BUILT_IN:
            continue
        known = row.value.versions.get(kubernetes, UNRESOLVED)
        yield AddonSpec(
            name=name,
            version=aws.cluster.addons.get(name, known),
            values=_VALUES.get(name, {}),
            service_account=row.value.service_account,
            before_nodes=row.value.before_nodes,
        )
