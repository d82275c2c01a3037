"""What a stack needs of AWS beside nodes."""

from __future__ import annotations

from dataclasses import dataclass

from planning.asked import node_mode
from planning.catalog.rows.aws import Feature
from planning.choice import Candidate
from planning.eks.defaults import edge_kind
from planning.settings import Settings
from planning.settings.pool import Pool


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Decided once; every other part asks here."""

    auto_mode: bool
    karpenter: bool
    load_balancer: bool
    waf: bool
    secrets: bool
    """External Secrets brings some from Secrets Manager."""
    weights_in_s3: bool
    gpus: bool
    workspace: bool
    """Prometheus writes to one of AWS's."""
    efa: bool
    """Adapters between nodes."""

    @property
    def endpoints(self) -> frozenset[Feature]:
        found: dict[Feature, bool] = {
            "nodes": True,
            "identity": True,
            "load-balancer": self.load_balancer,
            "volumes": True,
            "karpenter": self.karpenter,
            "secrets": self.secrets,
            "waf": self.waf,
            "metrics": self.workspace,
        }
        return frozenset(feature for feature, needed in found.items() if needed)


def needs_of(settings: Settings, chosen: Candidate) -> Needs:
    aws, start = settings.aws, settings.start
    pools = settings.pools or (Pool(),)
    return Needs(
        auto_mode=aws.cluster.auto_mode,
        karpenter=any(node_mode(settings, pool) == "karpenter" for pool in pools),
        load_balancer=edge_kind(aws) != "none",
        waf=aws.edge.waf,
        secrets=settings.access.auth == "api-key" or aws.secrets.hub_token is not None,
        weights_in_s3=start.weights == "s3",
        gpus=chosen.gpu is not None,
        workspace=aws.prometheus_workspace is not None,
        efa=chosen.nodes_per_replica > 1 or any(pool.efa for pool in pools),
    )
