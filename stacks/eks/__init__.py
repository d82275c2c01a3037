"""Target `eks`: a cluster on AWS with all that it needs, and what is served there."""

from __future__ import annotations

from planning.plan import Plan
from stacks.eks.cluster import eks_cluster
from stacks.eks.keys import api_keys
from stacks.eks.kubernetes import kubernetes_half
from stacks.eks.serving import eks_serving
from stacks.eks.site import eks_site
from stacks.eks.storage import storage
from stacks.kubernetes import forward, inside_url
from stacks.outputs import Endpoint


def build(plan: Plan) -> Endpoint:
    """Register the plan's resources, in the order in which they are made.

    A destroy goes the other way: what is served, then nodes, operators, cluster, network.
    """
    spec, origin = plan.eks, plan.settings.origin
    if spec is None:
        raise AssertionError(f"a plan for {plan.settings.target} reached the eks target")
    keys = api_keys(spec.serving.gateway.gateway.keys, origin=origin)
    site = eks_site(spec)
    kept = storage(spec, site, keys)
    cluster = eks_cluster(spec, site, kept)
    half = kubernetes_half(spec, site, cluster)
    served = eks_serving(spec, site, kept, half, keys, origin)
    return Endpoint(
        url=served.url or inside_url(spec.serving),
        model_name=spec.serving.workload.engine.served_name,
        api_keys=keys,
        estimated_monthly_usd=plan.estimated_monthly_usd,
        forward=None if served.url else forward(spec.serving),
        more={
            "clusterName": cluster.plane.name,
            "region": spec.region,
            "kubeconfig": half.kubeconfig,
            "kubeconfigCommand": "pulumi stack output kubeconfig > kubeconfig && "
            "export KUBECONFIG=$PWD/kubeconfig",
        },
    )
