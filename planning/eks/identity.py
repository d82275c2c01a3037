"""Roles of pods: only of those that the stack has."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import IdentitySpec, PodIdentitySpec
from components.specs.cluster import KubernetesSpec
from planning.catalog import Catalog
from planning.cluster.charts import PROMETHEUS
from planning.eks.features import Needs
from planning.settings.aws import Aws

_SYSTEM = "kube-system"


def identity_spec(
    aws: Aws, needs: Needs, serving: KubernetesSpec, catalog: Catalog
) -> IdentitySpec:
    return IdentitySpec(
        pods=tuple(_pods(needs, serving, catalog)),
        permissions_boundary=aws.identity.permissions_boundary,
        path=aws.identity.path,
    )


def _pods(needs: Needs, serving: KubernetesSpec, catalog: Catalog) -> Iterator[PodIdentitySpec]:
    if not needs.auto_mode:
        yield PodIdentitySpec(policy="vpc-cni", namespace=_SYSTEM, service_account="aws-node")
        account = "ebs-csi-controller-sa"
        yield PodIdentitySpec(policy="ebs-csi", namespace=_SYSTEM, service_account=account)
        if needs.load_balancer:
            yield PodIdentitySpec(
                policy="load-balancer-controller",
                namespace=catalog.charts["aws-load-balancer-controller"].value.namespace,
                service_account="aws-load-balancer-controller",
            )
    if needs.karpenter:
        namespace = catalog.charts["karpenter"].value.namespace
        yield PodIdentitySpec(policy="karpenter", namespace=namespace, service_account="karpenter")
    if needs.secrets:
        yield PodIdentitySpec(
            policy="external-secrets",
            namespace=catalog.charts["external-secrets"].value.namespace,
            service_account="external-secrets",
        )
    if needs.workspace:
        yield PodIdentitySpec(
            policy="prometheus-writer",
            namespace=catalog.charts[PROMETHEUS].value.namespace,
            # As the chart calls it, whose release has the chart's name.
            service_account=f"{PROMETHEUS}-prometheus",
        )
    if needs.weights_in_s3:
        for policy in ("model-reader", "model-writer"):
            account = f"{serving.name}-{'engine' if policy == 'model-reader' else 'fetch'}"
            yield PodIdentitySpec(
                policy=policy, namespace=serving.namespace, service_account=account
            )
