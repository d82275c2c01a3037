"""All that is made on AWS."""

from __future__ import annotations

from components.specs.aws import EksSpec, KarpenterSpec
from components.specs.cluster import KubernetesSpec
from planning.asked import kubernetes_version
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.eks.cluster import cluster_spec
from planning.eks.defaults import is_protected
from planning.eks.edge import edge_spec
from planning.eks.features import Needs
from planning.eks.identity import identity_spec
from planning.eks.network import network_spec
from planning.eks.pools import serving_pools
from planning.eks.storage import registry_spec, secret_specs, weights_spec
from planning.eks.system import system_pool
from planning.eks.tags import partition_of, stack_tags
from planning.settings import Settings


def eks_spec(
    settings: Settings,
    project: str,
    stack: str,
    chosen: Candidate,
    needs: Needs,
    serving: KubernetesSpec,
    catalog: Catalog,
) -> EksSpec:
    aws = settings.aws
    version = kubernetes_version(settings, catalog)
    if version is None:
        raise AssertionError("eks without a version of Kubernetes")
    return EksSpec(
        name=serving.name,
        region=aws.region,
        partition=partition_of(aws.region),
        tags=stack_tags(aws, project, stack),
        protect=is_protected(aws),
        network=network_spec(aws, needs.endpoints, catalog),
        cluster=cluster_spec(aws, version, needs, catalog),
        system_pool=system_pool(settings, serving, catalog),
        pools=serving_pools(settings, chosen, serving, catalog),
        karpenter=_karpenter(catalog) if needs.karpenter else None,
        identity=identity_spec(aws, needs, serving, catalog),
        registry=registry_spec(aws, serving),
        weights=weights_spec(needs, serving),
        secrets=secret_specs(aws, serving),
        prometheus_workspace=aws.prometheus_workspace,
        edge=edge_spec(settings, serving.gateway),
        serving=serving,
    )


def _karpenter(catalog: Catalog) -> KarpenterSpec:
    namespace = catalog.charts["karpenter"].value.namespace
    return KarpenterSpec(namespace=namespace, service_account="karpenter")
