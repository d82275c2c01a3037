"""Rules that `pulumi preview --policy-pack policies` holds a stack to, before anything changes."""

from pulumi_policy import PolicyPack

from policies import (
    budget,
    gpu_pool,
    image_digest,
    imds,
    protection,
    public_endpoint,
    tags,
    wildcard_iam,
)

PolicyPack(
    "slipway",
    policies=[
        budget.OVER,
        budget.UNCHECKED,
        gpu_pool.POLICY,
        image_digest.POLICY,
        public_endpoint.POLICY,
        public_endpoint.ENTRANCE,
        imds.POLICY,
        wildcard_iam.POLICY,
        tags.POLICY,
        protection.POLICY,
    ],
)
