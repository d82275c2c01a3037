"""Operators that a stack on EKS needs, beside those that the stack file names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from planning.asked import kubernetes_version
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.cluster.charts import PROMETHEUS, merged
from planning.eks.features import Needs
from planning.eks.sharing import DEVICE_PLUGIN, sharing_operator, sharing_values
from planning.settings import Settings
from planning.settings.kubernetes import Operator


def with_operators(
    settings: Settings, chosen: Candidate, needs: Needs, catalog: Catalog
) -> Settings:
    """The cluster is new: its version is known, the namespace is made, what is named is installed
    unless the stack file says that it is not, and what is needed comes with it."""
    named = {one.name: _installed(one) for one in settings.kubernetes.operators}
    for name in needed_operators(settings, chosen, needs):
        named.setdefault(name, Operator.model_construct(name=name, install=True))
    told = sharing_values(settings)
    operators = tuple(_told(one, told.get(one.name, {})) for one in named.values())
    cluster = settings.kubernetes
    kubernetes = cluster.model_copy(
        update={
            "operators": operators,
            "version": kubernetes_version(settings, catalog),
            "create_namespace": cluster.create_namespace is not False,
        }
    )
    return replace(settings, kubernetes=kubernetes)


def needed_operators(settings: Settings, chosen: Candidate, needs: Needs) -> Iterator[str]:
    """Names of charts.yaml, in the order of their installation."""
    if needs.karpenter:
        yield "karpenter"
    if needs.load_balancer and not needs.auto_mode:
        yield "aws-load-balancer-controller"
    if needs.secrets:
        yield "external-secrets"
    gpus = sharing_operator(settings) or (DEVICE_PLUGIN if needs.gpus else None)
    if gpus is not None and not needs.auto_mode:
        yield gpus
    if needs.efa and not needs.auto_mode:
        yield "aws-efa-k8s-device-plugin"
    if chosen.nodes_per_replica > 1:
        yield "lws"
    grows = chosen.replicas[0] != chosen.replicas[1]
    if needs.workspace or (grows and settings.observability.prometheus_url is None):
        yield PROMETHEUS
    if grows and settings.scaling.autoscaler != "hpa":
        yield "keda"


def _told(operator: Operator, values: Mapping[str, Any]) -> Operator:
    """The stack file's own values win."""
    if not values:
        return operator
    return operator.model_copy(update={"values": merged(values, operator.values)})


def _installed(operator: Operator) -> Operator:
    if "install" in operator.model_fields_set:
        return operator
    return operator.model_copy(update={"install": True})
